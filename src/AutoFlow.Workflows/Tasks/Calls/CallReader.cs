using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tasks.Calls;

/// <summary>Reads the arguments of one call by a protocol and gathers them in its one form.</summary>
internal sealed class CallReader(TaskReader task, Fields with)
{
    private readonly List<KeyValuePair<string, ValueTemplate>> _arguments = [];

    public Fields With { get; } = with;

    public ParseContext Context => With.Context;

    /// <summary>The policy that the call itself is authorized by, what <c>$authorization</c> describes; null without one.</summary>
    public ValueTemplate? Authorization { get; private set; }

    /// <summary>The arguments read so far.</summary>
    public ObjectTemplate Arguments => new(_arguments);

    /// <summary>The variables of the arguments.</summary>
    public IReadOnlyList<string> Variables => task.Variables;

    /// <summary>The variables of a policy: those of the arguments, but what the policy itself decides.</summary>
    private List<string> BeforeAuthorization => [.. task.Variables.Where(static v => v != "authorization")];

    /// <summary>Adds an argument; null is left out.</summary>
    public void Add(string name, ValueTemplate? value)
    {
        if (value is not null) _arguments.Add(KeyValuePair.Create(name, value));
    }

    public void Add(string name, JqValue value) => Add(name, new ConstantTemplate(value));

    /// <summary>Adds a text, fixed or an expression.</summary>
    public void AddText(string key, bool required = false) => Add(key, Text(With, key, required));

    /// <summary>Adds any value with expressions in it.</summary>
    public void AddAny(string key) => Add(key, With[key] is { } node ? task.Template(node) : null);

    /// <summary>Adds one of a few fixed words.</summary>
    public void AddWord(string key, IReadOnlyCollection<string> words, string? otherwise = null)
    {
        if ((With.Word(key, words) ?? otherwise) is { } word) Add(key, JqValue.From(word));
    }

    /// <summary>Adds a map of names, or an expression that gives one.</summary>
    public void AddMap(string key) => Add(key, Map(With, key));

    /// <summary>Adds <c>output</c> and <c>redirect</c>, which calls over HTTP have.</summary>
    public void AddHttpOutput()
    {
        AddWord("output", ["raw", "content", "response"], "content");
        Add("redirect", JqValue.From(With.Boolean("redirect") ?? false));
    }

    /// <summary>Adds the endpoint that the call goes to.</summary>
    public void AddEndpoint(string key, bool required)
    {
        if ((required ? With.Require(key) : With[key]) is { } node) Add(key, Endpoint(node, $"'{key}'", authorizes: true));
    }

    /// <summary>Adds an external resource that is read when the call is made: <c>{ endpoint: { uri, authentication? } }</c>.</summary>
    public void AddResource(string key, bool required)
    {
        if ((required ? With.Require(key) : With[key]) is not { } node) return;
        if (Fields.Of(node, Context, $"'{key}'", ["name", "endpoint"]) is not { } fields) return;
        fields.Scalar("name");
        if (fields.Require("endpoint") is { } at && Endpoint(at, $"the endpoint of '{key}'", authorizes: false) is { } endpoint)
            Add(key, ObjectTemplate.Of(("endpoint", endpoint)));
    }

    /// <summary>Adds the policy that the call is authorized by.</summary>
    public void AddAuthentication()
    {
        if (With["authentication"] is not { } node) return;
        Authorization = AuthenticationReader.PolicyOrName(Context, node, BeforeAuthorization);
        Add("authentication", Authorization);
    }

    /// <summary>An endpoint in its one form, <c>{ uri, authentication? }</c>.</summary>
    public ValueTemplate? Endpoint(YamlNode node, string what, bool authorizes)
    {
        if (node is not YamlMapping)
            return UriTemplate.Absolute(Context, node, what, Variables) is { } plain ? ObjectTemplate.Of(("uri", plain)) : null;
        if (Fields.Of(node, Context, what, ["uri", "authentication"]) is not { } fields) return null;
        var uri = fields.Require("uri") is { } at ? UriTemplate.Absolute(Context, at, "'uri'", Variables) : null;
        var policy = fields["authentication"] is { } given ? AuthenticationReader.PolicyOrName(Context, given, BeforeAuthorization) : null;
        if (authorizes) Authorization = policy;
        return ObjectTemplate.Of(("uri", uri), ("authentication", policy));
    }

    public ValueTemplate? Text(Fields from, string key, bool required = false) =>
        AuthenticationReader.Text(from, key, Variables, required);

    public ValueTemplate? Map(Fields from, string key)
    {
        switch (from[key])
        {
            case null:
                return null;
            case YamlMapping map:
                return task.Template(map);
            case YamlScalar { IsText: true } scalar when ExpressionReader.IsExpression(Context, scalar, Variables):
                return task.Template(scalar);
            case var node:
                Context.Sink.Error(node.Position, $"'{key}' must be a map or an expression, not {node.KindName}");
                return null;
        }
    }
}
