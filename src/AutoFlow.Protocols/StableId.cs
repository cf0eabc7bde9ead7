using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Protocols;

/// <summary>
/// An id for the outside made from a call's key: the same for every try of the call, another for every other call. It is a digest,
/// because a key tells of instances and tasks, and a UUID, because that is the form every service takes.
/// </summary>
internal static class StableId
{
    /// <summary>The id, a UUID of version 8 (RFC 9562 §5.8).</summary>
    public static string Of(string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
