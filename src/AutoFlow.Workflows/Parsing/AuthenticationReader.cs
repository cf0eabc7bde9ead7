using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>
/// Reads authentication policies (OWS dsl-reference.md, "Authentication") to templates of one form, <c>{ scheme: { properties } }</c>;
/// where a policy uses a secret, the properties are the secret's.
/// </summary>
internal static class AuthenticationReader
{
    private static readonly string[] Schemes = ["basic", "bearer", "digest", "oauth2", "oidc"];

    /// <summary>A policy written in place, or the name of one under <c>use.authentications</c>; null (and a finding) when it is wrong.</summary>
    public static ValueTemplate? PolicyOrName(ParseContext context, YamlNode node, IReadOnlyList<string> variables)
    {
        if (node is YamlScalar { IsText: true } name && !ExpressionReader.IsExpression(name.Text)) return Named(context, name);
        if (node is not YamlMapping map || map.Find("use") is null) return Policy(context, node, variables);
        return Fields.Of(node, context, "'authentication'", ["use"])?.Scalar("use") is { } use ? Named(context, use) : null;
    }

    /// <summary>A policy with one scheme; null (and a finding) when it is wrong.</summary>
    public static ValueTemplate? Policy(ParseContext context, YamlNode node, IReadOnlyList<string> variables)
    {
        if (Fields.Of(node, context, "'authentication'", [.. Schemes, "use"]) is not { } fields) return null;
        if (fields.Has("use"))
            context.Sink.Error(fields.KeyPosition("use"), "a policy under use.authentications cannot name another one", "write the policy here");
        var chosen = Schemes.Where(fields.Has).ToList();
        if (chosen.Count != 1)
        {
            if (!fields.Has("use")) context.Sink.Error(node.Position, $"'authentication' needs one of {string.Join(", ", Schemes)}");
            return null;
        }

        return Properties(context, chosen[0], fields[chosen[0]]!, variables) is { } properties
            ? ObjectTemplate.Of((chosen[0], properties))
            : null;
    }

    private static ValueTemplate? Properties(ParseContext context, string scheme, YamlNode node, IReadOnlyList<string> variables)
    {
        if (node is YamlMapping map && map.Find("use") is not null) return OfSecret(context, scheme, node);
        return scheme switch
        {
            "bearer" => Texts(["token"]),
            "basic" or "digest" => Texts(["username", "password"]),
            _ => OAuth2Reader.Read(context, scheme, node, variables),
        };

        ObjectTemplate? Texts(string[] names)
        {
            if (Fields.Of(node, context, $"'{scheme}'", [.. names, "use"]) is not { } fields) return null;
            return ObjectTemplate.Of(names.Select(name => (name, name == "username"
                ? Text(fields, name, variables, required: true)
                : Hidden(fields, name, variables, required: true))));
        }
    }

    /// <summary>A text or an expression under a key; null when it is missing or wrong, the latter with a finding.</summary>
    public static ValueTemplate? Text(Fields fields, string key, IReadOnlyList<string> variables, bool required = false) =>
        fields.Scalar(key, required) is { } scalar ? ExpressionReader.Template(fields.Context, scalar, variables) : null;

    /// <summary>A text that must stay hidden; written out in the definition it is not, which is a warning.</summary>
    public static ValueTemplate? Hidden(Fields fields, string key, IReadOnlyList<string> variables, bool required = false)
    {
        var text = Text(fields, key, variables, required);
        if (text?.Constant is not null)
            fields.Context.Sink.Warning(fields[key]!.Position, $"everybody who reads this definition can read this '{key}'", "declare a secret: use: { secrets: [ name ] }");
        return text;
    }

    private static ValueTemplate? Named(ParseContext context, YamlScalar name) =>
        context.Use.Authentications.TryGetValue(name.Text, out var policy)
            ? policy
            : Reference.Find<ValueTemplate>(context, name, context.Use.Authentications!, "authentication", "use.authentications");

    private static ExpressionTemplate? OfSecret(ParseContext context, string scheme, YamlNode node)
    {
        if (Fields.Of(node, context, $"'{scheme}'", ["use"])?.Scalar("use") is not { } name) return null;
        if (!SecretsReader.IsDeclared(context, name)) return null;
        var source = $"$secrets[{JqValue.From(name.Text).ToJson()}]";
        string[] variables = ["secrets"];
        return new ExpressionTemplate(new RuntimeExpression(JqProgram.Compile(source, variables).Program!, source, variables));
    }
}
