using System.Buffers.Binary;
using System.Net;
using System.Text;
using Sluice.Proxy.Tls.Certificates;

namespace Sluice.Proxy.Tls.Server;

/// <summary>What a ClientHello says that decides where its connection goes and which certificate it gets (RFC 8446 4.1.2).</summary>
internal readonly ref struct ClientHello
{
    /// <summary>Longest DNS name (RFC 1035 2.3.4).</summary>
    public const int MaxName = 253;

    private const int ServerNameExtension = 0;
    private const int SignatureAlgorithmsExtension = 13;
    private const int SupportedVersionsExtension = 43;
    private const ushort Tls13 = 0x0304;

    /// <summary>Cipher suites of TLS 1.2 whose servers have ECDSA or EdDSA keys (RFC 4492, 5289, 7251, 7905).</summary>
    private static readonly ushort[] EcdsaSuites = [0xc02b, 0xc02c, 0xcca9, 0xc0ac, 0xc0ad, 0xc0ae, 0xc0af, 0xc023, 0xc024, 0xc009, 0xc00a];

    private readonly ReadOnlySpan<byte> _suites;
    private readonly ReadOnlySpan<byte> _signatures;
    private readonly bool _is13;

    private ClientHello(ReadOnlySpan<byte> name, ReadOnlySpan<byte> suites, ReadOnlySpan<byte> signatures, bool is13)
    {
        ServerName = name;
        _suites = suites;
        _signatures = signatures;
        _is13 = is13;
    }

    /// <summary>In lower case, without a dot at the end; empty when there is none, or an IP address, which is no name (RFC 6066 3).</summary>
    public ReadOnlySpan<byte> ServerName { get; }

    /// <summary>False when it is not as the RFC says, or names something that is no host.</summary>
    /// <param name="message">The body of the message.</param>
    /// <param name="name">Gets the server name: <see cref="MaxName"/> bytes.</param>
    /// <param name="hello">What it says.</param>
    public static bool TryParse(ReadOnlySpan<byte> message, Span<byte> name, out ClientHello hello)
    {
        hello = default;
        var reader = new WireReader(message);
        if (!reader.TrySkip(2 + 32) || !reader.TryVector8(out _) || !reader.TryVector16(out var suites) || !reader.TryVector8(out _))
            return false;
        if (suites.Length is 0 || (suites.Length & 1) != 0)
            return false;
        ReadOnlySpan<byte> signatures = default, serverName = default;
        var (is13, named) = (false, false);
        if (reader.IsAtEnd)
        {
            hello = new ClientHello(default, suites, default, false);
            return true;
        }

        if (!reader.TryVector16(out var extensions) || !reader.IsAtEnd)
            return false;
        reader = new WireReader(extensions);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryNumber16(out var type) || !reader.TryVector16(out var content))
                return false;
            switch (type)
            {
                case ServerNameExtension:
                    if (named || !TryServerName(content, name, out var length))
                        return false;
                    named = true;
                    serverName = name[..length];
                    break;
                case SignatureAlgorithmsExtension when !new WireReader(content).TryVector16(out signatures) || (signatures.Length & 1) != 0:
                    return false;
                case SupportedVersionsExtension when !new WireReader(content).TryVector8(out var versions) || !TryFind(versions, Tls13, out is13):
                    return false;
            }
        }

        hello = new ClientHello(serverName, suites, signatures, is13);
        return true;
    }

    /// <summary>Whether the client can verify signatures of such a key.</summary>
    public bool CanVerify(KeyKind kind) => kind switch
    {
        // rsa_pss_rsae_*, and for TLS 1.2 rsa_pkcs1_*. Clients that say nothing take RSA (RFC 5246 7.4.1.4.1).
        KeyKind.Rsa => _signatures.Length == 0 || Signs(0x0804) || Signs(0x0805) || Signs(0x0806) ||
            (!_is13 && (Signs(0x0401) || Signs(0x0501) || Signs(0x0601) || Signs(0x0201))),

        // In TLS 1.3 a scheme names its curve; in TLS 1.2 it does not.
        KeyKind.EcdsaP256 => CanUseEcdsa(0x0403),
        KeyKind.EcdsaP384 => CanUseEcdsa(0x0503),
        KeyKind.EcdsaP521 => CanUseEcdsa(0x0603),
        KeyKind.Ed25519 => Signs(0x0807) && (_is13 || OffersEcdsaSuite()),
        KeyKind.Ed448 => Signs(0x0808) && (_is13 || OffersEcdsaSuite()),
        _ => false,
    };

    private bool CanUseEcdsa(ushort scheme) =>
        Signs(scheme) || (!_is13 && OffersEcdsaSuite() && (_signatures.Length == 0 || Signs(0x0403) || Signs(0x0503) || Signs(0x0603) || Signs(0x0203)));

    private bool Signs(ushort scheme) => TryFind(_signatures, scheme, out var found) && found;

    private bool OffersEcdsaSuite()
    {
        foreach (var suite in EcdsaSuites)
        {
            if (TryFind(_suites, suite, out var found) && found)
                return true;
        }

        return false;
    }

    /// <summary>server_name (RFC 6066 3): a list with one name of type host_name.</summary>
    private static bool TryServerName(ReadOnlySpan<byte> content, Span<byte> target, out int length)
    {
        length = 0;
        var reader = new WireReader(content);
        if (!reader.TryVector16(out var list) || !reader.IsAtEnd)
            return false;
        reader = new WireReader(list);
        if (!reader.TrySkip(1) || list[0] != 0 || !reader.TryVector16(out var name) || !reader.IsAtEnd)
            return false;
        if (name.Length > 1 && name[^1] == '.')
            name = name[..^1];
        if (IsAddress(name))
            return true;
        if (!IsHostName(name))
            return false;
        length = name.Length;
        Ascii.ToLower(name, target, out _);
        return true;
    }

    private static bool IsAddress(ReadOnlySpan<byte> name)
    {
        // Names do not end with a digit's label, so that most are told apart by their last octet.
        if (name.Length == 0 || !(char.IsAsciiDigit((char)name[^1]) || name.Contains((byte)':')))
            return false;
        Span<char> text = stackalloc char[64];
        return name.Length <= text.Length && Ascii.ToUtf16(name, text, out var count) == System.Buffers.OperationStatus.Done && IPAddress.TryParse(text[..count], out _);
    }

    /// <summary>Labels of letters, digits, hyphens and, as they are found, underscores; 1 to 63 each.</summary>
    private static bool IsHostName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxName)
            return false;
        var label = 0;
        foreach (var octet in name)
        {
            if (octet == '.')
            {
                if (label == 0)
                    return false;
                label = 0;
            }
            else if (++label > 63 || !(char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_'))
            {
                return false;
            }
        }

        return label > 0;
    }

    /// <summary>False when it is no list of numbers.</summary>
    private static bool TryFind(ReadOnlySpan<byte> numbers, ushort wanted, out bool found)
    {
        found = false;
        if ((numbers.Length & 1) != 0)
            return false;
        for (var i = 0; i < numbers.Length && !found; i += 2)
            found = BinaryPrimitives.ReadUInt16BigEndian(numbers[i..]) == wanted;
        return true;
    }
}
