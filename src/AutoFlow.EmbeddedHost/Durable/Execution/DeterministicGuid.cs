using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>Name-based UUIDs, version 5 (RFC 4122 section 4.3, SHA-1).</summary>
internal static class DeterministicGuid
{
    // The namespace that durabletask-dotnet uses, so that the same names give the same ids.
    private static readonly Guid Namespace = new("9e952958-5e33-4daf-827f-2fa12937b875");

    [SuppressMessage("Security", "CA5350", Justification = "RFC 4122 names SHA-1; nothing is protected by it.")]
    public static Guid Create(string name)
    {
        var bytes = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        Namespace.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(bytes, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
