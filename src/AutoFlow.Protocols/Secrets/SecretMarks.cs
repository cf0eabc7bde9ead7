using System.Security.Cryptography;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols;

/// <summary>
/// Keeps secrets out of expressions and histories: a workflow sees marks that nobody can guess, and each is replaced by its secret
/// only where a call leaves the process.
/// </summary>
public sealed class SecretMarks(ISecretSource source)
{
    private const string Prefix = "secret-";
    private const int MarkBytes = 16;

    /// <summary>The form of secrets, for <see cref="IWorkflowContext.DescribeSecretsAsync"/>: an object by name in which every text is a new mark of 128 random bits.</summary>
    /// <returns>The form, or an authorization error (403; OWS dsl.md, "Secrets") that names every secret that does not exist.</returns>
    public async Task<ProtocolOutcome> DescribeAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(names);
        var described = JqValue.EmptyObject;
        var missing = new List<string>();
        foreach (var name in names)
        {
            if (await source.FindAsync(name, cancellation) is { } secret) described = described.With(name, Describe(secret));
            else missing.Add(name);
        }

        return missing.Count == 0 ? new ProtocolOutcome { Output = described } : new ProtocolOutcome { Error = Missing(missing) };
    }

    /// <summary>Reads anew the secrets whose marks stand in a call's arguments.</summary>
    /// <param name="call">The call. Only marks that stand in its <see cref="ProtocolCall.Secrets"/> count; all other text stays as it is.</param>
    /// <exception cref="WorkflowErrorException">A secret does not exist any more, or has another form than it had.</exception>
    internal async Task<RevealedSecrets> RevealAsync(ProtocolCall call, CancellationToken cancellation)
    {
        var text = call.Arguments.ToJson();
        var revealed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, marks) in call.Secrets.Properties)
        {
            var used = Leaves(marks, []).Where(leaf => text.Contains(leaf.Mark, StringComparison.Ordinal)).ToList();
            if (used.Count == 0) continue;
            var secret = await source.FindAsync(name, cancellation) ?? throw new WorkflowErrorException(Missing([name]));
            foreach (var (mark, path) in used)
            {
                var value = path.Aggregate(secret, static (at, key) => at[key]);
                if (value.Kind is JqKind.Null or JqKind.Object)
                    throw Failures.Configuration($"the secret '{name}' has no {string.Join('.', path)} any more; give it the form it had, or start the workflow again");
                revealed[mark] = Text(value);
            }
        }

        return new RevealedSecrets(revealed);
    }

    private static JqValue Describe(JqValue secret) => secret.Kind == JqKind.Object
        ? JqValue.FromObject(secret.Properties.Select(static p => KeyValuePair.Create(p.Key, Describe(p.Value))))
        : JqValue.From(Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MarkBytes)));

    private static IEnumerable<(string Mark, string[] Path)> Leaves(JqValue marks, string[] path) => marks.Kind switch
    {
        JqKind.Object => marks.Properties.SelectMany(p => Leaves(p.Value, [.. path, p.Key])),
        JqKind.String when marks.AsString() is { Length: > 0 } mark => [(mark, path)],
        _ => [],
    };

    private static string Text(JqValue value) => value.AsString() ?? value.ToJson();

    private static WorkflowError Missing(List<string> names) => WorkflowError.Of(
        StandardErrors.Authorization,
        names.Count == 1
            ? $"there is no secret '{names[0]}'; add it to the secrets of the app"
            : $"there are no secrets {string.Join(", ", names.Select(static n => $"'{n}'"))}; add them to the secrets of the app");
}
