// Writes two files from what Spark and Livy say about their configuration keys: one for completing keys in the form, and one
// with the types for checking values:
//
//     java -cp 'SPARK_HOME/jars/*:livy-rsc.jar' ListConf.java WORDS OUTPUT TYPES
//
// It does not start Spark. It loads the objects whose fields are the definitions, which adds each definition to Spark's own list,
// and reads that list. WORDS adds what the definitions leave out. A definition has no field for its type: the type shows in what
// the definition makes of a few texts.

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Writer;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import scala.Product;
import scala.collection.JavaConverters;

public class ListConf {
  static final String CONFIG = "org.apache.spark.internal.config.";

  // The objects that define entries, without Tests$ and the parts of a standalone cluster.
  static final String[] OWNERS = {
    CONFIG + "package$", CONFIG + "History$", CONFIG + "Kryo$", CONFIG + "Network$", CONFIG + "Python$",
    CONFIG + "R$", CONFIG + "Status$", CONFIG + "Streaming$", CONFIG + "UI$",
    "org.apache.spark.sql.internal.SQLConf$", "org.apache.spark.sql.internal.StaticSQLConf$",
    "org.apache.spark.sql.hive.HiveUtils$", "org.apache.spark.streaming.StreamingConf$",
    "org.apache.spark.deploy.yarn.config.package$", "org.apache.spark.deploy.k8s.Config$",
  };

  // Of no use in a session: the settings of the history server.
  static final String[] ELSEWHERE = { "spark.history." };

  static final int LONGEST = 170;

  // By key: its default, the version that introduced it, what it means.
  static final Map<String, String[]> KEYS = new TreeMap<>();

  // By key: the type of its value, where it has one.
  static final Map<String, String> TYPES = new TreeMap<>();

  @SuppressWarnings("unchecked")
  public static void main(String[] args) throws Exception {
    for (String owner : OWNERS) object(owner);
    Map<String, Object> defined = new TreeMap<>();
    Object companion = object(CONFIG + "ConfigEntry$");
    for (Object entry : ((Map<?, ?>) call(companion, "knownConfigs")).values()) defined.put((String) call(entry, "key"), entry);
    for (Object entry : defined.values()) {
      TYPES.put((String) call(entry, "key"), type((scala.Function1<Object, Object>) call(entry, "valueConverter")));
      if ((boolean) call(entry, "isPublic")) add(entry, first((String) call(entry, "doc")));
    }
    replaced();
    Map<String, String> livy = livy();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] cells = line.strip().split("\\s*\\|\\s*", -1);
      if (line.isBlank() || line.startsWith("#")) continue;
      if (cells.length == 4) {
        KEYS.put(cells[0].strip(), new String[] { cells[1].strip(), cells[2].strip(), cells[3].strip() });
      } else if (livy.containsKey(cells[0])) {
        KEYS.put(cells[0], new String[] { livy.get(cells[0]), "", cells[1] });
      } else if (defined.containsKey(cells[0])) {
        add(defined.get(cells[0]), cells[1]);
      } else {
        throw new IllegalArgumentException("no definition of " + cells[0]);
      }
    }
    KEYS.keySet().removeIf(key -> {
      for (String start : ELSEWHERE) if (key.startsWith(start)) return true;
      return false;
    });
    String version = (String) Class.forName("org.apache.spark.package$").getMethod("SPARK_VERSION").invoke(object("org.apache.spark.package$"));
    write(version, Path.of(args[1]));
    writeTypes(Path.of(args[2]));
  }

  // A line a key that has a type, in the order in which upper and lower case are the same: what is searched for may be in the
  // wrong one.
  static void writeTypes(Path path) throws Exception {
    Map<String, String> lines = new TreeMap<>();
    for (String key : KEYS.keySet()) {
      String type = TYPES.getOrDefault(key, "");
      if (type.isEmpty()) continue;
      String other = lines.put(key.toLowerCase(Locale.ROOT), key + " " + type);
      if (other != null) throw new IllegalStateException(key + " and " + other + " differ in case alone");
    }
    Files.writeString(path, String.join("\n", lines.values()) + "\n");
  }

  // b, i, l or d for a truth value, an int, a long or a double; B, K, M or G for a size and what a bare number counts in; ns,
  // ms, s or min for a time likewise; = and the words of an enumeration. Behind all but the first and last, the least of -1, 0, 1
  // that is taken where not every number is, and < and the first of 2, 65536 that is too much. Empty for any text.
  static String type(scala.Function1<Object, Object> reader) {
    if (made(reader, "true") instanceof Boolean) return "b";
    Object number = null;
    String bare = null;
    for (String it : new String[] { "1", "2", "0", "100", "10000" }) {
      if (number == null) {
        number = made(reader, it);
        bare = it;
      }
    }
    if (number instanceof Integer) return "i" + bounds(reader);
    if (number instanceof Double) return "d" + (made(reader, "0") == null && made(reader, "0.001") != null ? ">0" : bounds(reader));
    if (number instanceof Long) {
      for (String size : new String[] { "1g", "64m", "1m", "1k" }) {
        if (made(reader, size) instanceof Long value && made(reader, "1d") == null && made(reader, "1s") == null) {
          return unit(value, bytes(size), new long[] { 1, 1L << 10, 1L << 20, 1L << 30 }, new String[] { "B", "K", "M", "G" }) + bounds(reader);
        }
      }
      if (made(reader, "1h") instanceof Long value) {
        return unit(value, 3_600_000_000_000L, new long[] { 1, 1_000_000, 1_000_000_000, 60_000_000_000L }, new String[] { "ns", "ms", "s", "min" }) + bounds(reader);
      }
      return "l" + bounds(reader);
    }
    try {
      reader.apply("\u0001");
    } catch (RuntimeException refusal) {
      Matcher words = Pattern.compile("should be one of (.*?),? but was").matcher(String.valueOf(refusal.getMessage()));
      if (words.find()) return "=" + String.join(",", new TreeSet<>(List.of(words.group(1).split(",\\s*"))));
    }
    return "";
  }

  static String bounds(scala.Function1<Object, Object> reader) {
    String least = "";
    if (made(reader, "-2") == null) {
      for (String it : new String[] { "1", "0", "-1" }) if (made(reader, it) != null) least = it;
    }
    String most = "";
    for (String it : new String[] { "65536", "2" }) if (made(reader, it) == null) most = "<" + it;
    return least + (least.equals("") ? "" : most);
  }

  static String unit(long value, long all, long[] scales, String[] names) {
    for (int at = 0; at < scales.length; at++) if (value * scales[at] == all) return names[at];
    throw new IllegalStateException("no unit: " + value + " for " + all);
  }

  static long bytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return number << (10 * (1 + "kmg".indexOf(size.charAt(size.length() - 1))));
  }

  // What a definition makes of a text; null where it refuses it.
  static Object made(scala.Function1<Object, Object> reader, String text) {
    try {
      Object value = reader.apply(text);
      return value instanceof scala.Option<?> option ? option.get() : value;
    } catch (RuntimeException refused) {
      return null;
    }
  }

  // A line a key, so that a new version of Spark can be read as a difference.
  static void write(String version, Path path) throws Exception {
    ObjectMapper json = new ObjectMapper();
    json.getFactory().configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, false);
    try (Writer out = Files.newBufferedWriter(path)) {
      out.write("{\"spark\":" + json.writeValueAsString(version));
      out.write(",\"source\":\"Config definitions of Apache Spark (Apache License 2.0), shortened, by cargo xtask spark-conf\",\"keys\":[\n");
      String between = "";
      for (Map.Entry<String, String[]> key : KEYS.entrySet()) {
        String[] cells = key.getValue();
        if (cells[2].isEmpty()) continue;
        out.write(between + json.writeValueAsString(new String[] { key.getKey(), cells[0], cells[1], cells[2] }));
        between = ",\n";
      }
      out.write("\n]}\n");
    }
  }

  static void add(Object entry, String meaning) throws Exception {
    String usual = (String) call(entry, "defaultValueString");
    // What Spark works out for itself has no one text, and of a long one the beginning says nothing.
    if (usual == null || usual.startsWith("<undefined>") || usual.length() > 60) usual = "";
    String key = (String) call(entry, "key");
    // Three defaults are the machine's own: its address, its time zone, and the folder in which Spark was started.
    boolean machine = key.equals("spark.driver.host") || key.equals("spark.sql.session.timeZone");
    usual = machine ? "" : usual.replace("file:" + System.getProperty("user.dir") + "/", "");
    // Java ends the name of a folder that is there with a slash.
    if (usual.equals("spark-warehouse/")) usual = "spark-warehouse";
    KEYS.put(key, new String[] { usual, (String) call(entry, "version"), meaning });
  }

  // The first sentence, on one line, without marks; cut at a word where it is long.
  static String first(String doc) {
    String line = doc.replaceAll("</?[a-zA-Z][^>]*>", "").replace("`", "").replaceAll("\\s+", " ").strip();
    Matcher end = Pattern.compile("(?<!e\\.g|i\\.e|etc|vs)\\. (?=[A-Z0-9])").matcher(line);
    if (end.find()) line = line.substring(0, end.start() + 1);
    if (line.length() > LONGEST) line = line.substring(0, line.lastIndexOf(' ', LONGEST)).replaceAll("[,;:(]$", "") + "…";
    else if (!line.isEmpty() && !line.endsWith(".")) line += ".";
    return line.isEmpty() ? line : Character.toUpperCase(line.charAt(0)) + line.substring(1);
  }

  // Keys that Spark still takes and warns about.
  static void replaced() throws Exception {
    Object core = object("org.apache.spark.SparkConf$");
    for (Object it : collection(call(core, "deprecatedConfigs"))) deprecated((Product) ((scala.Tuple2<?, ?>) it)._2());
    for (Object it : collection(call(core, "org$apache$spark$SparkConf$$configsWithAlternatives"))) {
      scala.Tuple2<?, ?> pair = (scala.Tuple2<?, ?>) it;
      for (Object old : collection(pair._2())) {
        KEYS.put(text((Product) old, 0), new String[] { "", "", "Deprecated since " + text((Product) old, 1) + ": use " + pair._1() + "." });
      }
    }
    for (Object it : collection(call(object("org.apache.spark.sql.internal.SQLConf$"), "deprecatedSQLConfigs"))) {
      deprecated((Product) ((scala.Tuple2<?, ?>) it)._2());
    }
  }

  static void deprecated(Product old) {
    KEYS.put(text(old, 0), new String[] { "", "", "Deprecated since " + text(old, 1) + ": " + first(text(old, 2)).replaceFirst("^Please use", "use") });
  }

  // The settings of Livy's own driver program, which a session's conf may carry: their defaults by key.
  static Map<String, String> livy() throws Exception {
    Map<String, String> keys = new TreeMap<>();
    for (Object entry : Class.forName("org.apache.livy.rsc.RSCConf$Entry").getEnumConstants()) {
      Object usual = call(entry, "dflt");
      keys.put((String) call(entry, "key"), usual == null ? "" : usual.toString());
      boolean time = usual instanceof String text && text.matches("[0-9]+(ms|s|m|min|h|d)");
      TYPES.put((String) call(entry, "key"), usual instanceof Boolean ? "b" : usual instanceof Integer ? "i" : time ? "ms0" : "");
    }
    return keys;
  }

  static Object object(String name) throws Exception {
    Field instance = Class.forName(name).getField("MODULE$");
    return instance.get(null);
  }

  static Object call(Object owner, String name) throws Exception {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == 0) {
          method.setAccessible(true);
          return method.invoke(owner);
        }
      }
    }
    throw new NoSuchMethodException(owner.getClass() + "." + name);
  }

  static Collection<?> collection(Object scala) {
    return JavaConverters.asJavaCollection((scala.collection.Iterable<?>) scala);
  }

  static String text(Product product, int at) {
    return String.valueOf(product.productElement(at));
  }
}
