using System.Text;
using System.Text.RegularExpressions;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Authentication;

/// <summary>A token as the authority gave it.</summary>
/// <param name="Text">The access token.</param>
/// <param name="Type">The scheme of the header, <c>Bearer</c> as a rule.</param>
/// <param name="Lifetime">How long it is good; null when the authority does not say.</param>
/// <param name="RefreshToken">What gets the next one; null without.</param>
internal sealed record OAuthToken(string Text, string Type, TimeSpan? Lifetime, string? RefreshToken);

/// <summary>Reads what a token endpoint answered (RFC 6749 §5).</summary>
internal static partial class TokenAnswer
{
    /// <summary>The token.</summary>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">There is none; an error of type authentication, 401 when the authority refused.</exception>
    public static OAuthToken Read(OAuthPolicy policy, HttpCallAnswer answer)
    {
        var json = answer.TryJson();
        if (answer.Status is < 200 or > 299)
        {
            var reason = json?["error"].AsString() is { } code && ErrorCode().IsMatch(code) ? $" ({code})" : "";
            throw Failures.Authentication(answer.Status >= 500 ? answer.Status : 401, $"the token endpoint at {answer.Origin} answered {answer.Status}{reason}");
        }

        if (json?["access_token"].AsString() is not { } text)
            throw Failures.Authentication(401, $"the token endpoint at {answer.Origin} gave no access_token");
        if (!Authorizations.IsHeaderText(text))
            throw Failures.Authentication(401, $"the token endpoint at {answer.Origin} gave an access_token that cannot stand in a header");
        CheckIssuer(policy, text);
        var type = json["token_type"].AsString() is { Length: > 0 } given && !given.Equals("bearer", StringComparison.OrdinalIgnoreCase) ? given : "Bearer";
        if (!SchemeName().IsMatch(type)) throw Failures.Authentication(401, $"the token endpoint at {answer.Origin} gave a token_type that is no scheme");
        return new OAuthToken(
            text,
            type.Equals("N_A", StringComparison.OrdinalIgnoreCase) ? "Bearer" : type,
            Seconds(json["expires_in"]),
            json["refresh_token"].AsString());
    }

    /// <summary>A token that says who issued it must come from an issuer that the policy names; an opaque token says nothing.</summary>
    private static void CheckIssuer(OAuthPolicy policy, string token)
    {
        if (policy.Issuers.Count == 0 || Claims(token) is not { } claims || claims["iss"].AsString() is not { } issuer) return;
        if (!policy.Issuers.Contains(issuer, StringComparer.Ordinal))
            throw Failures.Authentication(401, "the token comes from an issuer that is not among the policy's issuers");
    }

    private static JqValue? Claims(string token)
    {
        if (token.Split('.') is not [_, var payload, _] || !System.Buffers.Text.Base64Url.IsValid(payload)) return null;
        try
        {
            return JqValue.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(payload)));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static TimeSpan? Seconds(JqValue value)
    {
        const double longest = 365 * 86_400;
        var seconds = value.AsNumber() ?? (double.TryParse(value.AsString(), System.Globalization.CultureInfo.InvariantCulture, out var read) ? read : null);
        return seconds is >= 0 ? TimeSpan.FromSeconds(Math.Min(seconds.Value, longest)) : null;
    }

    [GeneratedRegex("^[a-z_]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex ErrorCode();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex SchemeName();
}
