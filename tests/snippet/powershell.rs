//! PowerShell.

use serde_json::json;
use snippet::recognise;

use crate::texts::snippet;

#[test]
fn a_command_is_read_as_powershell_reads_it() {
    for (text, name) in [
        ("Invoke-RestMethod http://x/sessions -Method Post -Body '{\"kind\":\"sql\",\"name\":\"a\"}'", "a"),
        ("irm http://x/sessions -Method Post -Body (@{kind='sql'; name='a'} | ConvertTo-Json)", "a"),
        (
            "$b = @{\n  kind = 'sql'\n  name = 'a'\n}\n$j = ConvertTo-Json -Depth 5 $b\nInvoke-WebRequest -Body $j -Uri http://x/sessions",
            "a",
        ),
        (
            "$p = @{ Uri = 'http://x/sessions'; Body = '{\"kind\":\"sql\",\"name\":\"a\"}' }\nInvoke-RestMethod @p",
            "a",
        ),
        (
            "[string] $b = @\"\n{\"kind\": \"sql\", \"name\": \"a\"}\n\"@\nInvoke-RestMethod -Uri x -Body $b",
            "a",
        ),
        // As Chrome copies it.
        (
            "Invoke-WebRequest -UseBasicParsing -Uri \"http://x/sessions\" `\n-Method \"POST\" `\n-WebSession $session `\n-Body \"{`\"kind`\":`\"sql`\",`\"name`\":`\"a`$b$([char]233)`\"}\"",
            "a$b\u{e9}",
        ),
        (
            "Invoke-WebRequest -Uri \"http://x/sessions\" `\n-Body ([System.Text.Encoding]::UTF8.GetBytes(\"{$([char]10)`\"kind`\":`\"sql`\",`\"name`\":`\"$([char]55357)$([char]56832)`\"}\"))",
            "\u{1f600}",
        ),
        // The token's request is not the session's.
        (
            "$t = irm https://login/token -Method Post -Body @{grant_type='x'; name='b'}\nirm http://x/sessions -Method Post -Body '{\"kind\":\"sql\",\"name\":\"a\"}'",
            "a",
        ),
    ] {
        assert_eq!(snippet(text).0, json!({"kind": "sql", "name": name}), "{text}");
    }
    let half = "Invoke-WebRequest -Uri x -Body \"{`\"name`\":`\"$([char]55357)`\"}\"";
    assert!(recognise(half).unwrap_err().contains("surrogate"));
    let bytes = "Invoke-WebRequest -Uri x -Body ([IO.File]::ReadAllBytes('b.json'))";
    assert!(recognise(bytes).unwrap_err().contains("ReadAllBytes"));
}

#[test]
fn what_is_changed_later_is_changed_or_named() {
    for (changes, path, value) in [
        ("$b.kind = 'pyspark'", "/kind", json!("pyspark")),
        ("$B['Name'] = 'n'", "/Name", json!("n")),
        ("$b.Add('name', 'n')", "/name", json!("n")),
        ("$b.conf.'spark.a' = '1'", "/conf/spark.a", json!("1")),
        ("$b.conf['spark.a'] = '1'; $b.Remove('jars')", "/jars", json!(null)),
        ("$b += @{ name = 'n' }", "/name", json!("n")),
        ("$b.jars += 'y'", "/jars", json!(["x", "y"])),
        ("$b.jars.Add('y')", "/jars", json!(["x", "y"])),
    ] {
        let text = format!(
            "$b = @{{ kind = 'sql'; conf = @{{}}; jars = @('x') }}\n{changes}\nirm http://x/sessions -Body ($b | ConvertTo-Json)"
        );
        let (body, notes) = snippet(&text);
        assert_eq!(body.pointer(path).cloned().unwrap_or_default(), value, "{changes}");
        assert_eq!(notes, "", "{changes}");
    }
    let (body, notes) =
        snippet("$b = @{ kind = 'sql' }\n$b.Foo('x')\nirm http://x/sessions -Body ($b | ConvertTo-Json)");
    assert!(body == json!({"kind": "sql"}) && notes.contains("$b.Foo('x')"), "{notes}");
}

#[test]
fn a_parameter_has_its_default_or_the_callers_value() {
    let text = "function New-Session {\n  param(\n    [Parameter(Mandatory)][string] $Name,\n    [int] $Cores = 4,\n    [string] $Memory = \"28g\"\n  )\n  $b = @{ kind = 'sql'; name = $Name; driverCores = $Cores; driverMemory = $Memory } | ConvertTo-Json\n  Invoke-RestMethod -Uri \"$base/sessions\" -Body $b\n}";
    let (body, notes) = snippet(text);
    assert_eq!(body, json!({"kind": "sql", "driverCores": 4, "driverMemory": "28g"}));
    assert!(notes.contains("Left out: name") && notes.contains("Parameter Cores: its default"), "{notes}");
}
