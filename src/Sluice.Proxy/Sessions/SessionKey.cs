using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Proxy.Sessions;

/// <summary>
/// What makes session tokens opaque: backends and endpoints stand in them as keyed hashes, and a keyed hash of the whole shows that
/// the token is one of ours. Proxies with the same key understand each other's tokens.
/// </summary>
public sealed class SessionKey
{
    /// <summary>Octets of a secret.</summary>
    public const int Size = 2 * SipHash.KeySize;

    private readonly byte[] _names;
    private readonly byte[] _tokens;

    private SessionKey(ReadOnlySpan<byte> secret)
    {
        _names = secret[..SipHash.KeySize].ToArray();
        _tokens = secret[SipHash.KeySize..].ToArray();
    }

    /// <exception cref="ArgumentException">The secret has not exactly <see cref="Size"/> octets.</exception>
    public static SessionKey Of(ReadOnlySpan<byte> secret) =>
        secret.Length == Size ? new SessionKey(secret) : throw new ArgumentException($"A session key has {Size} octets, not {secret.Length}.", nameof(secret));

    /// <summary>A key that nobody else has: its tokens end with this process.</summary>
    public static SessionKey Random() => Of(NewSecret());

    /// <summary>Random octets for a key that is to be kept.</summary>
    public static byte[] NewSecret()
    {
        var secret = new byte[Size];
        using var source = File.OpenRead("/dev/urandom");
        source.ReadExactly(secret);
        return secret;
    }

    /// <summary>Stands for a backend; never 0.</summary>
    /// <param name="cluster">Name of the cluster.</param>
    /// <param name="occurrence">Which of the rule's backends of that cluster, from 0.</param>
    internal ulong Backend(string cluster, int occurrence) => NotZero(SipHash.Compute(_names, Encoding.UTF8.GetBytes($"b{occurrence} {cluster}")));

    /// <summary>Stands for an endpoint; never 0.</summary>
    internal ulong Endpoint(IPEndPoint endpoint)
    {
        Span<byte> bytes = stackalloc byte[20];
        bytes[0] = (byte)'e';
        bytes[1] = (byte)(endpoint.AddressFamily == AddressFamily.InterNetworkV6 ? 6 : 4);
        bytes[2] = (byte)(endpoint.Port >> 8);
        bytes[3] = (byte)endpoint.Port;
        return endpoint.Address.TryWriteBytes(bytes[4..], out var written)
            ? NotZero(SipHash.Compute(_names, bytes[..(4 + written)]))
            : throw new ArgumentException($"{endpoint} has an address of another kind than IPv4 and IPv6", nameof(endpoint));
    }

    internal ulong Seal(ReadOnlySpan<byte> token) => SipHash.Compute(_tokens, token);

    private static ulong NotZero(ulong hash) => hash == 0 ? 1 : hash;
}
