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
            "$b = @{\n  kind = 'sql'\n  name = 'a'\n}\n$j = $b | ConvertTo-Json -Depth 5\nInvoke-WebRequest -Body $j -Uri http://x/sessions",
            "a",
        ),
        ("$b = @\"\n{\"kind\": \"sql\", \"name\": \"a\"}\n\"@\nInvoke-RestMethod -Uri x -Body $b", "a"),
        // As Chrome copies it.
        (
            "Invoke-WebRequest -UseBasicParsing -Uri \"http://x/sessions\" `\n-Method \"POST\" `\n-WebSession $session `\n-Body \"{`\"kind`\":`\"sql`\",`\"name`\":`\"a`$b`\"}\"",
            "a$b",
        ),
        // The token's request is not the session's.
        (
            "$t = irm https://login/token -Method Post -Body @{grant_type='x'; name='b'}\nirm http://x/sessions -Method Post -Body '{\"kind\":\"sql\",\"name\":\"a\"}'",
            "a",
        ),
    ] {
        assert_eq!(snippet(text).0, json!({"kind": "sql", "name": name}), "{text}");
    }
}

/// What only running it would tell is named, or the body is refused.
#[test]
fn nothing_is_guessed() {
    for (text, code) in [
        ("$p = @{ Body = '{}' }\nInvoke-RestMethod @p", "no -Body"),
        ("Invoke-WebRequest -Uri x -Body ([IO.File]::ReadAllBytes('b.json'))", "ReadAllBytes"),
        ("irm http://x/sessions -Body (ConvertTo-Json $b)", "ConvertTo-Json $b"),
        ("irm http://x/sessions -Body $b", "($b)"),
    ] {
        let error = recognise(text).unwrap_err();
        assert!(error.contains(code), "{text}: {error}");
    }
    let text = "irm http://x/sessions -Body \"{`\"kind`\":`\"sql`\",`\"name`\":`\"$([char]233)`\"}\"";
    assert!(snippet(text).1.contains("Replace the variables: $([char]233)"));
    for changes in ["$b.kind = 'pyspark'", "$B['Name'] = 'n'", "$b.Add('name', 'n')", "$b += @{ name = 'n' }"]
    {
        let text = format!(
            "$b = @{{ kind = 'sql'; jars = @('x', 'y') }}\n{changes}\nirm http://x/sessions -Body ($b | ConvertTo-Json)"
        );
        let (body, notes) = snippet(&text);
        assert_eq!(body, json!({"kind": "sql", "jars": ["x", "y"]}));
        assert!(notes.contains(changes), "{changes}: {notes}");
    }
    let text = "function New-Session {\n  param(\n    [Parameter(Mandatory)][string] $Name,\n    [int] $Cores = 4\n  )\n  $b = @{ kind = 'sql'; name = $Name; driverCores = $Cores } | ConvertTo-Json\n  Invoke-RestMethod -Uri \"$base/sessions\" -Body $b\n}";
    let (body, notes) = snippet(text);
    assert_eq!(body, json!({"kind": "sql"}));
    assert!(notes.contains("Left out: name") && notes.contains("Left out: driverCores"), "{notes}");
}
