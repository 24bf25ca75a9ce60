// Reads requests, a JSON string each on a line of its own, with the mapper that Livy's session servlet reads them with (JsonServlet.scala and
// InteractiveSessionServlet.scala, 0.9.0), and writes a line each: the fields that the request then holds, or why it was refused.

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.module.scala.DefaultScalaModule;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import org.apache.livy.server.interactive.CreateInteractiveRequest;
import org.apache.livy.sessions.Kind;
import org.apache.livy.sessions.SessionKindModule;
import scala.collection.JavaConverters;

public class Accept {
  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper().registerModule(new DefaultScalaModule()).registerModule(new SessionKindModule());
    ObjectMapper plain = new ObjectMapper();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      ObjectNode answer = plain.createObjectNode();
      try {
        line = plain.readTree(line).asText();
        CreateInteractiveRequest request = mapper.readValue(line, CreateInteractiveRequest.class);
        boolean beat = plain.readTree(line).has("heartbeatTimeoutInSecond");
        for (Field field : CreateInteractiveRequest.class.getDeclaredFields()) {
          field.setAccessible(true);
          // A number without a value of its own is 0 whether it was sent or not.
          if (beat || !field.getName().equals("heartbeatTimeoutInSecond")) put(answer, field.getName(), field.get(request), plain);
        }
      } catch (com.fasterxml.jackson.core.JacksonException | IllegalArgumentException refusal) {
        answer.put("refused", refusal.getMessage());
      }
      out.println(plain.writeValueAsString(answer));
    }
    out.flush();
  }

  static void put(ObjectNode to, String name, Object value, ObjectMapper json) {
    if (value instanceof scala.Option<?> option) {
      // Scala forgets what an Option holds: Livy finds out when it unboxes the number, and answers 500.
      if (option.isDefined() && name.matches("(driver|executor)Cores|numExecutors") && !(option.get() instanceof Integer)) {
        throw new IllegalArgumentException(name + " is no Int");
      }
      if (option.isDefined()) put(to, name, option.get(), json);
    } else if (value instanceof Kind kind) {
      to.put(name, kind.toString());
    } else if (value instanceof scala.collection.immutable.List<?> list) {
      if (!list.isEmpty()) to.set(name, json.valueToTree(JavaConverters.seqAsJavaList(list)));
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      if (!map.isEmpty()) to.set(name, json.valueToTree(JavaConverters.mapAsJavaMap(map)));
    } else if (value != null) {
      to.set(name, json.valueToTree(value));
    }
  }
}
