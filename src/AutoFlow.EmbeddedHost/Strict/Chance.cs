using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>Throws dice that fall alike for the same seed and the same thing, in every run and on every thread.</summary>
internal static class Chance
{
    /// <summary>A number that only the seed and the thing decide.</summary>
    /// <param name="strict">The seed.</param>
    /// <param name="what">The thing: what could befall it, and what tells it apart.</param>
    public static uint Draw(StrictOptions strict, string what) => BinaryPrimitives.ReadUInt32LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{strict.Seed} {what}")));

    /// <summary>True for a share of all things.</summary>
    /// <param name="strict">The seed.</param>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="what">The thing.</param>
    public static bool Befalls(StrictOptions strict, double share, string what) => Draw(strict, what) < share * (uint.MaxValue + 1.0);
}
