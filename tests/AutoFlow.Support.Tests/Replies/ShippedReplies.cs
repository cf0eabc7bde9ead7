using AutoFlow.Support.Replies;

namespace AutoFlow.Support.Tests.Replies;

internal static class ShippedReplies
{
    public static readonly string Folder = Repository.Folder("workflows", "replies");

    public static readonly ReplyCatalog Catalog = Load();

    private static ReplyCatalog Load()
    {
        var result = ReplyCatalog.Load(Folder);
        return result.Catalog ?? throw new InvalidDataException(string.Join(Environment.NewLine, result.Errors));
    }
}
