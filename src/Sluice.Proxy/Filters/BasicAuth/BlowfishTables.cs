using System.Numerics;

namespace Sluice.Proxy.Filters.BasicAuth;

/// <summary>
/// What Blowfish begins with: the fraction of pi in binary (Schneier 1993). Worked out when it is first needed, in some ten
/// milliseconds, which is shorter than a table of a thousand numbers and cannot have a misprint.
/// </summary>
internal static class BlowfishTables
{
    public const int SubkeyCount = 18;
    public const int BoxWords = 4 * 256;

    private const int Bits = 32 * (SubkeyCount + BoxWords);

    // Against what rounding adds up to.
    private const int GuardBits = 64;

    private static readonly Lazy<uint[]> Pi = new(Fraction);

    public static ReadOnlySpan<uint> Subkeys => Pi.Value.AsSpan(0, SubkeyCount);

    public static ReadOnlySpan<uint> Boxes => Pi.Value.AsSpan(SubkeyCount);

    // pi = 16 arctan(1/5) - 4 arctan(1/239) (Machin 1706).
    private static uint[] Fraction()
    {
        BigInteger pi = ((16 * ArcTangent(5)) - (4 * ArcTangent(239))) >> GuardBits;
        BigInteger fraction = pi & ((BigInteger.One << Bits) - 1);
        byte[] octets = fraction.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] padded = [.. new byte[(Bits / 8) - octets.Length], .. octets];
        var words = new uint[Bits / 32];
        for (int i = 0; i < words.Length; i++)
            words[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(4 * i));
        return words;
    }

    private static BigInteger ArcTangent(int reciprocal)
    {
        BigInteger power = (BigInteger.One << (Bits + GuardBits)) / reciprocal;
        BigInteger sum = power;
        for (int n = 3; !power.IsZero; n += 2)
        {
            power /= reciprocal * reciprocal;
            sum += (n & 2) != 0 ? -(power / n) : power / n;
        }
        return sum;
    }
}
