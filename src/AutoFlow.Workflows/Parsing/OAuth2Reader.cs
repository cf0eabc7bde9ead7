using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads the properties of the schemes <c>oauth2</c> and <c>oidc</c> (OWS dsl-reference.md, "OAUTH2 Authentication").</summary>
internal sealed class OAuth2Reader
{
    private const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";

    /// <summary>The language has no property for a refresh token; it is what the request is made on behalf of, the subject.</summary>
    private const string RefreshToken = "refresh_token";

    private static readonly string[] Grants = ["authorization_code", "client_credentials", "password", RefreshToken, TokenExchange];
    private static readonly string[] Methods = ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"];
    private static readonly string[] Encodings = ["application/x-www-form-urlencoded", "application/json"];

    private static readonly string[] Properties =
    [
        "authority", "grant", "client", "request", "issuers", "scopes", "audiences", "username", "password", "subject", "actor",
    ];

    private readonly IReadOnlyList<string> _variables;
    private readonly Fields _fields;

    private OAuth2Reader(Fields fields, IReadOnlyList<string> variables) => (_fields, _variables) = (fields, variables);

    public static ValueTemplate? Read(ParseContext context, string scheme, YamlNode node, IReadOnlyList<string> variables)
    {
        string[] allowed = scheme == "oauth2" ? [.. Properties, "endpoints", "use"] : [.. Properties, "use"];
        return Fields.Of(node, context, $"'{scheme}'", allowed) is { } fields ? new OAuth2Reader(fields, variables).Read(scheme) : null;
    }

    private ObjectTemplate Read(string scheme)
    {
        var grant = Grant(scheme);
        var authority = _fields.Require("authority") is { } node ? UriTemplate.Absolute(_fields.Context, node, "'authority'", _variables) : null;
        return ObjectTemplate.Of(
            ("authority", authority),
            ("endpoints", Part(_fields, "endpoints", ["token", "revocation", "introspection"], Endpoint)),
            ("grant", grant),
            ("client", Client(scheme)),
            ("request", Part(_fields, "request", ["encoding"], static (part, key) => Word(part, key, Encodings))),
            ("issuers", Texts("issuers")),
            ("scopes", Texts("scopes")),
            ("audiences", Texts("audiences")),
            ("username", Text(_fields, "username")),
            ("password", Hidden(_fields, "password")),
            ("subject", Part(_fields, "subject", ["token", "type"], Token)),
            ("actor", Part(_fields, "actor", ["token", "type"], Token)));
    }

    private ConstantTemplate? Grant(string scheme)
    {
        _fields.Require("grant");
        if (Word(_fields, "grant", Grants) is not { } grant) return null;
        switch (grant.Constant?.AsString())
        {
            case "password":
                _fields.Require("username");
                _fields.Require("password");
                break;
            case TokenExchange or RefreshToken:
                _fields.Require("subject");
                break;
            case "authorization_code":
                _fields.Context.Sink.NotSupported(_fields["grant"]!.Position, Refusals.AuthorizationCode);
                break;
        }

        return grant;
    }

    /// <summary>
    /// dsl-reference.md: the id is required unless the client does not authenticate, the assertion with private_key_jwt. The other methods
    /// are made of the secret (RFC 6749 section 2.3.1).
    /// </summary>
    private ObjectTemplate? Client(string scheme)
    {
        if (_fields["client"] is not { } node)
        {
            _fields.Context.Sink.Error(_fields.Position, $"'{scheme}' needs 'client'", "client: { id: … }, or client: { authentication: none }");
            return null;
        }

        if (Fields.Of(node, _fields.Context, "'client'", ["id", "secret", "assertion", "authentication"]) is not { } client) return null;
        var method = Word(client, "authentication", Methods);
        var needed = method?.Constant?.AsString() switch { "none" => Array.Empty<string>(), "private_key_jwt" => ["id", "assertion"], _ => ["id", "secret"] };
        foreach (var key in needed) client.Require(key);
        return ObjectTemplate.Of(("id", Text(client, "id")), ("secret", Hidden(client, "secret")), ("assertion", Hidden(client, "assertion")), ("authentication", method));
    }

    private static ObjectTemplate? Part(Fields fields, string key, string[] allowed, Func<Fields, string, ValueTemplate?> read) =>
        fields[key] is { } node && Fields.Of(node, fields.Context, $"'{key}'", allowed) is { } part
            ? ObjectTemplate.Of(allowed.Select(name => (name, read(part, name))))
            : null;

    private static ConstantTemplate? Word(Fields fields, string key, string[] words) =>
        fields.Word(key, words) is { } word ? new ConstantTemplate(JqValue.From(word)) : null;

    private ValueTemplate? Endpoint(Fields part, string key) =>
        part[key] is { } node ? UriTemplate.Relative(part.Context, node, $"'{key}'", _variables) : null;

    private ValueTemplate? Text(Fields fields, string key) => AuthenticationReader.Text(fields, key, _variables);

    private ValueTemplate? Hidden(Fields fields, string key) => AuthenticationReader.Hidden(fields, key, _variables);

    private ValueTemplate? Token(Fields fields, string key) => key == "token"
        ? AuthenticationReader.Hidden(fields, key, _variables, required: true)
        : AuthenticationReader.Text(fields, key, _variables, required: true);

    private ValueTemplate? Texts(string key)
    {
        if (_fields.List(key) is not { } list) return null;
        foreach (var item in list.Items.Where(static i => i is not YamlScalar { IsText: true }))
            _fields.Context.Sink.Error(item.Position, $"'{key}' must be a list of texts, not of {item.KindName}");
        return ExpressionReader.Template(_fields.Context, list, _variables);
    }
}
