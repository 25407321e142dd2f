using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Proxy.Filters.BasicAuth;

/// <summary>The thousand rounds of MD5 that Apache's htpasswd writes as "$apr1$".</summary>
[SuppressMessage("Security", "CA5351", Justification = "The files that are to be read were written so.")]
internal static class Apr1
{
    private const int DigestBytes = 16;
    private const int Rounds = 1000;

    private const string Letters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>In which order the digest's octets are written, three to four letters.</summary>
    private static ReadOnlySpan<byte> Order => [0, 6, 12, 1, 7, 13, 2, 8, 14, 3, 9, 15, 4, 10, 5];

    /// <param name="password">The password.</param>
    /// <param name="salt">Up to 8 characters.</param>
    /// <returns>22 letters.</returns>
    public static string Hash(ReadOnlySpan<byte> password, string salt)
    {
        byte[] saltBytes = Encoding.ASCII.GetBytes(salt);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        Span<byte> digest = stackalloc byte[DigestBytes];

        hash.AppendData(password);
        hash.AppendData(saltBytes);
        hash.AppendData(password);
        hash.GetHashAndReset(digest);

        hash.AppendData(password);
        hash.AppendData("$apr1$"u8);
        hash.AppendData(saltBytes);
        for (int left = password.Length; left > 0; left -= DigestBytes)
            hash.AppendData(digest[..Math.Min(left, DigestBytes)]);
        for (int bits = password.Length; bits > 0; bits >>= 1)
            hash.AppendData((bits & 1) != 0 ? "\0"u8 : password[..1]);
        hash.GetHashAndReset(digest);

        for (int round = 0; round < Rounds; round++)
        {
            hash.AppendData(round % 2 != 0 ? password : digest);
            if (round % 3 != 0)
                hash.AppendData(saltBytes);
            if (round % 7 != 0)
                hash.AppendData(password);
            hash.AppendData(round % 2 != 0 ? digest : password);
            hash.GetHashAndReset(digest);
        }
        return Encode(digest);
    }

    private static string Encode(ReadOnlySpan<byte> digest)
    {
        Span<char> text = stackalloc char[22];
        for (int i = 0; i < Order.Length; i += 3)
            Write(text.Slice(i / 3 * 4, 4), (digest[Order[i]] << 16) | (digest[Order[i + 1]] << 8) | digest[Order[i + 2]]);
        Write(text[20..], digest[11]);
        return new string(text);
    }

    private static void Write(Span<char> text, int bits)
    {
        foreach (ref char letter in text)
        {
            letter = Letters[bits & 63];
            bits >>= 6;
        }
    }
}
