using System.Buffers.Binary;
using System.Numerics;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Layer4.ProxyProtocol;

/// <summary>Version 2 (section 2.2): signature, version and command, family, length; then addresses and records (TLV).</summary>
internal static class ProxyHeaderV2
{
    /// <summary>Bytes in front of the addresses.</summary>
    public const int FixedLength = 16;

    private const int Local = 0x20;
    private const int Proxy = 0x21;
    private const int Tcp4 = 0x11;
    private const int Tcp6 = 0x21;
    private const int ChecksumType = 0x03;

    public static ProxyHeaderStatus Parse(ReadOnlySpan<byte> bytes, int limit, out int length, out ProxiedAddresses? addresses)
    {
        length = 0;
        addresses = null;
        var signature = ProxyHeaderParser.Signature;
        var seen = Math.Min(bytes.Length, signature.Length);
        if (!bytes[..seen].SequenceEqual(signature[..seen]))
            return ProxyHeaderStatus.Malformed;

        // What is wrong is said as soon as it is seen, not when the rest has come.
        if (bytes.Length > 12 && bytes[12] is not (Local or Proxy))
            return ProxyHeaderStatus.Malformed;
        if (bytes.Length > 13 && ((bytes[13] >> 4) > 3 || (bytes[13] & 0xF) > 2))
            return ProxyHeaderStatus.Malformed;
        if (bytes.Length < FixedLength)
            return ProxyHeaderStatus.Partial;
        length = FixedLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (length > limit)
            return ProxyHeaderStatus.TooLong;
        if (bytes.Length < length)
            return ProxyHeaderStatus.Partial;

        // LOCAL is the sender itself, for instance looking whether we live: whatever follows is skipped. Without a family
        // (UNSPEC) nothing is known about what follows either.
        var header = bytes[..length];
        if (header[12] == Local || header[13] >> 4 == 0)
            return ProxyHeaderStatus.Complete;
        if (header[13] is not (Tcp4 or Tcp6))
            return ProxyHeaderStatus.Unsupported;
        return ParseAddresses(header, header[13] == Tcp4 ? 4 : 16, out addresses);
    }

    private static ProxyHeaderStatus ParseAddresses(ReadOnlySpan<byte> header, int octets, out ProxiedAddresses? addresses)
    {
        addresses = null;
        var records = FixedLength + (2 * octets) + 4;
        if (header.Length < records)
            return ProxyHeaderStatus.Malformed;
        var status = CheckRecords(header, records);
        if (status != ProxyHeaderStatus.Complete)
            return status;
        var ports = header[(FixedLength + (2 * octets))..];
        addresses = new ProxiedAddresses(
            NativeAddress.FromOctets(header.Slice(FixedLength, octets), BinaryPrimitives.ReadUInt16BigEndian(ports)),
            NativeAddress.FromOctets(header.Slice(FixedLength + octets, octets), BinaryPrimitives.ReadUInt16BigEndian(ports[2..])));
        return ProxyHeaderStatus.Complete;
    }

    /// <summary>Skips the records, which must fill the rest exactly, and checks the one that is a checksum (section 2.2.3).</summary>
    private static ProxyHeaderStatus CheckRecords(ReadOnlySpan<byte> header, int at)
    {
        while (at < header.Length)
        {
            if (header.Length - at < 3)
                return ProxyHeaderStatus.Malformed;
            var type = header[at];
            var size = BinaryPrimitives.ReadUInt16BigEndian(header[(at + 1)..]);
            at += 3;
            if (size > header.Length - at)
                return ProxyHeaderStatus.Malformed;
            if (type == ChecksumType)
            {
                if (size != sizeof(uint))
                    return ProxyHeaderStatus.Malformed;
                if (Checksum(header, at) != BinaryPrimitives.ReadUInt32BigEndian(header[at..]))
                    return ProxyHeaderStatus.BadChecksum;
            }

            at += size;
        }

        return ProxyHeaderStatus.Complete;
    }

    /// <summary>CRC32c (RFC 4960 appendix B) of the header with zeros in place of the checksum.</summary>
    public static uint Checksum(ReadOnlySpan<byte> header, int checksumAt)
    {
        var crc = uint.MaxValue;
        for (var i = 0; i < header.Length; i++)
            crc = BitOperations.Crc32C(crc, i >= checksumAt && i < checksumAt + sizeof(uint) ? (byte)0 : header[i]);
        return ~crc;
    }
}
