using System.Text.RegularExpressions;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads <c>use.secrets</c>, and checks the names of secrets wherever they stand.</summary>
internal static partial class SecretsReader
{
    private const string Declare = "declare it: use: { secrets: [ name ] }";

    public static void Read(Fields use)
    {
        foreach (var item in use.List("secrets")?.Items ?? [])
        {
            if (item is not YamlScalar { IsText: true, Text.Length: > 0 } name)
                use.Context.Sink.Error(item.Position, $"a secret must be a name, not {item.KindName}");
            else if (!use.Context.Use.Secrets.Contains(name.Text))
                use.Context.Use.Secrets.Add(name.Text);
            else
                use.Context.Sink.Error(name.Position, $"the secret '{name.Text}' is declared twice");
        }
    }

    /// <summary>Whether a secret of that name is declared; a finding when not.</summary>
    public static bool IsDeclared(ParseContext context, YamlScalar name)
    {
        if (context.Use.Secrets.Contains(name.Text)) return true;
        NotDeclared(context, name.Position, name.Text);
        return false;
    }

    /// <summary>Checks that an expression names declared secrets only: what is not declared is not there when the workflow runs.</summary>
    /// <param name="start">Where the expression begins in the scalar.</param>
    public static void CheckExpression(ParseContext context, YamlScalar scalar, int start, string expression)
    {
        foreach (Match use in Names().Matches(expression))
        {
            var name = use.Groups["name"].Value;
            if (name.Length == 0 ? context.Use.Secrets.Count > 0 : context.Use.Secrets.Contains(name)) continue;
            NotDeclared(context, ScalarOffsets.Locate(context.Source, scalar, start + use.Index), name);
        }
    }

    private static void NotDeclared(ParseContext context, SourcePosition position, string name) => context.Sink.Error(
        position,
        name.Length == 0 ? "no secrets are declared under use.secrets" : $"no secret named '{name}' under use.secrets",
        context.Sink.Nearest(name, context.Use.Secrets) ?? Declare);

    [GeneratedRegex(@"\$secrets\b(?:\.(?<name>[A-Za-z_]\w*)|\[\s*""(?<name>[^""\\]*)""\s*\]|\.""(?<name>[^""\\]*)"")?", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
