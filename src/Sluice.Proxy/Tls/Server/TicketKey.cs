using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Server;

/// <summary>A key that session tickets are sealed with (RFC 5077 4): its name, a key for AES-256-CBC, one for HMAC-SHA-256.</summary>
internal sealed unsafe class TicketKey
{
    public const int NameSize = 16;
    public const int KeySize = 32;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(NameSize + (2 * KeySize), pinned: true);

    /// <summary>A new one.</summary>
    public TicketKey()
    {
        // Without randomness there is no way to go on, and this does not happen once OpenSSL is seeded.
        fixed (byte* bytes = _bytes)
        {
            if (Crypto.RAND_bytes(bytes, _bytes.Length) != 1)
                throw new InvalidOperationException("OpenSSL has no random numbers");
        }
    }

    public ReadOnlySpan<byte> Name => _bytes.AsSpan(0, NameSize);

    public ReadOnlySpan<byte> CipherKey => _bytes.AsSpan(NameSize, KeySize);

    public ReadOnlySpan<byte> MacKey => _bytes.AsSpan(NameSize + KeySize, KeySize);
}
