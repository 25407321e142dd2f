using System.Buffers.Binary;

namespace Sluice.Proxy.Filters.BasicAuth;

/// <summary>bcrypt (Provos and Mazieres 1999): Blowfish with a key schedule that is as dear as its cost says.</summary>
internal sealed class Bcrypt
{
    private const int MaxKeyLength = 72;
    private const int SaltBytes = 16;
    private const int DigestBytes = 23;
    private const int Rounds = 16;

    private const string Letters = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly uint[] _subkeys = BlowfishTables.Subkeys.ToArray();
    private readonly uint[] _boxes = BlowfishTables.Boxes.ToArray();

    private Bcrypt()
    {
    }

    /// <param name="password">Its first 72 octets count.</param>
    /// <param name="salt">22 letters.</param>
    /// <param name="cost">The key schedule is done 2 to the power of this times.</param>
    /// <returns>31 letters.</returns>
    public static string Hash(ReadOnlySpan<byte> password, string salt, int cost)
    {
        // The NUL that ends a string in C belongs to the key, where there is room.
        Span<byte> key = stackalloc byte[Math.Min(password.Length + 1, MaxKeyLength)];
        key.Clear();
        password[..Math.Min(password.Length, key.Length)].CopyTo(key);
        Span<byte> saltBytes = stackalloc byte[SaltBytes];
        Decode(salt, saltBytes);

        var state = new Bcrypt();
        state.Expand(key, saltBytes);
        Span<byte> none = stackalloc byte[SaltBytes];
        none.Clear();
        for (long left = 1L << cost; left > 0; left--)
        {
            state.Expand(key, none);
            state.Expand(saltBytes, none);
        }

        Span<byte> text = stackalloc byte[24];
        "OrpheanBeholderScryDoubt"u8.CopyTo(text);
        for (int at = 0; at < text.Length; at += 8)
        {
            uint left = BinaryPrimitives.ReadUInt32BigEndian(text[at..]);
            uint right = BinaryPrimitives.ReadUInt32BigEndian(text[(at + 4)..]);
            for (int i = 0; i < 64; i++)
                state.Encrypt(ref left, ref right);
            BinaryPrimitives.WriteUInt32BigEndian(text[at..], left);
            BinaryPrimitives.WriteUInt32BigEndian(text[(at + 4)..], right);
        }
        return Encode(text[..DigestBytes]);
    }

    private void Expand(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        int keyAt = 0, saltAt = 0;
        foreach (ref uint subkey in _subkeys.AsSpan())
            subkey ^= NextWord(key, ref keyAt);
        uint left = 0, right = 0;
        Fill(_subkeys, salt, ref saltAt, ref left, ref right);
        Fill(_boxes, salt, ref saltAt, ref left, ref right);
    }

    private void Fill(uint[] words, ReadOnlySpan<byte> salt, ref int saltAt, ref uint left, ref uint right)
    {
        for (int i = 0; i < words.Length; i += 2)
        {
            left ^= BinaryPrimitives.ReadUInt32BigEndian(salt[saltAt..]);
            right ^= BinaryPrimitives.ReadUInt32BigEndian(salt[(saltAt + 4)..]);
            saltAt ^= 8;
            Encrypt(ref left, ref right);
            words[i] = left;
            words[i + 1] = right;
        }
    }

    private void Encrypt(ref uint left, ref uint right)
    {
        ReadOnlySpan<uint> subkeys = _subkeys;
        ReadOnlySpan<uint> boxes = _boxes;
        uint l = left, r = right;
        for (int i = 0; i < Rounds; i += 2)
        {
            l ^= subkeys[i];
            r ^= Mix(boxes, l) ^ subkeys[i + 1];
            l ^= Mix(boxes, r);
        }
        left = r ^ subkeys[Rounds + 1];
        right = l ^ subkeys[Rounds];
    }

    private static uint Mix(ReadOnlySpan<uint> boxes, uint word) =>
        ((boxes[(int)(word >> 24)] + boxes[256 + (byte)(word >> 16)]) ^ boxes[512 + (byte)(word >> 8)]) + boxes[768 + (byte)word];

    private static uint NextWord(ReadOnlySpan<byte> key, ref int at)
    {
        uint word = 0;
        for (int i = 0; i < 4; i++)
        {
            word = (word << 8) | key[at];
            at = at + 1 == key.Length ? 0 : at + 1;
        }
        return word;
    }

    // The bits of base64 in letters of its own.
    private static void Decode(string text, Span<byte> octets)
    {
        uint bits = 0;
        int count = 0, at = 0;
        foreach (char letter in text)
        {
            bits = (bits << 6) | (uint)Letters.IndexOf(letter, StringComparison.Ordinal);
            count += 6;
            if (count >= 8 && at < octets.Length)
            {
                count -= 8;
                octets[at++] = (byte)(bits >> count);
            }
        }
    }

    private static string Encode(ReadOnlySpan<byte> octets)
    {
        Span<char> text = stackalloc char[(octets.Length * 8 + 5) / 6];
        for (int i = 0; i < text.Length; i++)
        {
            int bit = 6 * i;
            int pair = (octets[bit / 8] << 8) | (bit / 8 + 1 < octets.Length ? octets[bit / 8 + 1] : 0);
            text[i] = Letters[(pair >> (10 - bit % 8)) & 63];
        }
        return new string(text);
    }
}
