using System.Text;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>
/// <c>$authorization</c> (OWS dsl.md, "Authorization Descriptor"), as far as it is known before the call is made: a token that is
/// fetched for the call never comes back here, and a secret is its mark.
/// </summary>
internal static class Authorization
{
    /// <summary>The descriptor of a policy, <c>{ scheme, parameter? }</c>.</summary>
    /// <param name="policy">The policy in its one form, <c>{ scheme: { properties } }</c>.</param>
    /// <exception cref="WorkflowErrorException">A property that the scheme needs is no text.</exception>
    public static JqValue Describe(TaskRun run, JqValue policy)
    {
        var (scheme, properties) = policy.Properties.Single();
        switch (scheme)
        {
            case "basic":
                var credentials = $"{Text("username")}:{Text("password")}";
                // The base64 of a mark is no mark: nothing would put the secret in its place.
                return Holds(run.Workflow.Secrets, credentials)
                    ? Descriptor("Basic", null)
                    : Descriptor("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
            case "digest":
                Text("username");
                Text("password");
                return Descriptor("Digest", null);
            case "bearer":
                return Descriptor("Bearer", Text("token"));
            default:
                Text("authority");
                Text("grant");
                return Descriptor("Bearer", null);
        }

        string Text(string name) => properties[name].AsString()
            ?? throw run.Failure(StandardErrors.Configuration, $"the authentication '{scheme}' has no text '{name}'");
    }

    private static JqValue Descriptor(string scheme, string? parameter)
    {
        var descriptor = JqValue.FromObject(("scheme", JqValue.From(scheme)));
        return parameter is null ? descriptor : descriptor.With("parameter", JqValue.From(parameter));
    }

    private static bool Holds(JqValue secrets, string text) => secrets.Kind switch
    {
        JqKind.String => secrets.AsString() is { Length: > 0 } mark && text.Contains(mark, StringComparison.Ordinal),
        JqKind.Array => secrets.Items.Any(item => Holds(item, text)),
        _ => secrets.Properties.Any(property => Holds(property.Value, text)),
    };
}
