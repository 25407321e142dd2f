using System.Buffers.Binary;
using System.Net;
using System.Text.Unicode;
using Sluice.Configuration;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Layer4.ProxyProtocol;

/// <summary>Writes the header that tells a backend whose connection it gets.</summary>
internal static class ProxyHeaderWriter
{
    /// <summary>Bytes that the longest header has.</summary>
    public const int MaxLength = ProxyHeaderV1.MaxLength;

    /// <summary>Writes a header; its length.</summary>
    public static int Write(Span<byte> buffer, ProxyProtocolVersion version, in NativeAddress source, in NativeAddress destination) =>
        version == ProxyProtocolVersion.V1 ? WriteV1(buffer, source, destination) : WriteV2(buffer, source, destination);

    private static int WriteV1(Span<byte> buffer, in NativeAddress source, in NativeAddress destination)
    {
        var family = source.Family == LinuxConstants.AF_INET6 ? "TCP6" : "TCP4";
        Utf8.TryWrite(buffer, $"PROXY {family} {new IPAddress(source.Octets)} {new IPAddress(destination.Octets)} {source.Port} {destination.Port}\r\n", out var written);
        return written;
    }

    private static int WriteV2(Span<byte> buffer, in NativeAddress source, in NativeAddress destination)
    {
        var octets = source.Octets.Length;
        var length = (2 * octets) + 4;
        ProxyHeaderParser.Signature.CopyTo(buffer);
        buffer[12] = 0x21; // Version 2, PROXY.
        buffer[13] = octets == 16 ? (byte)0x21 : (byte)0x11; // TCP over IPv6 or IPv4.
        BinaryPrimitives.WriteUInt16BigEndian(buffer[14..], (ushort)length);
        var body = buffer[ProxyHeaderV2.FixedLength..];
        source.Octets.CopyTo(body);
        destination.Octets.CopyTo(body[octets..]);
        BinaryPrimitives.WriteUInt16BigEndian(body[(2 * octets)..], (ushort)source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(body[((2 * octets) + 2)..], (ushort)destination.Port);
        return ProxyHeaderV2.FixedLength + length;
    }
}
