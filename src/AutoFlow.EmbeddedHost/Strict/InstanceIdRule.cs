using System.Globalization;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>
/// Which instance ids Azure Storage takes: 1 to 100 characters, no @ in front, none of / \ # ? and no control characters
/// (Azure Functions, "Durable orchestrations", instance ids; and DurableClient.StartNewAsync of the extension).
/// </summary>
internal static class InstanceIdRule
{
    private const int Longest = 100;

    /// <summary>Refuses an id that cannot be used there.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="ArgumentException">It cannot be used; the message tells why.</exception>
    public static void Demand(string id)
    {
        if (Fault(id) is { } fault)
        {
            throw new ArgumentException(
                $"The instance id '{id}' cannot be used on Azure Storage: {fault}. Take 1 to {Longest} characters without / \\ # ? and control characters, and no @ in front.");
        }
    }

    private static string? Fault(string id)
    {
        if (id.Length is 0 or > Longest)
            return string.Create(CultureInfo.InvariantCulture, $"it has {id.Length} characters");
        if (id[0] == '@')
            return "it begins with @";
        foreach (var character in id)
        {
            if (character is '/' or '\\' or '#' or '?')
                return $"it contains {character}";
            if (char.IsControl(character))
                return string.Create(CultureInfo.InvariantCulture, $"it contains the control character {(int)character:X4}");
        }

        return null;
    }
}
