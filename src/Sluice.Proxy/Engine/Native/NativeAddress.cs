using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Sluice.Proxy.Engine.Native;

/// <summary>struct sockaddr_in or sockaddr_in6, built once and kept with the endpoint.</summary>
internal struct NativeAddress
{
    public const int MaxLength = 28;

    private Bytes _bytes;

    public NativeAddress(IPAddress address, int port)
    {
        Span<byte> bytes = _bytes;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)port);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Family = LinuxConstants.AF_INET6;
            address.TryWriteBytes(bytes[8..], out _);
            BitConverter.TryWriteBytes(bytes[24..], (uint)address.ScopeId);
            Length = 28;
        }
        else
        {
            Family = LinuxConstants.AF_INET;
            address.TryWriteBytes(bytes[4..], out _);
            Length = 16;
        }

        BitConverter.TryWriteBytes(bytes, (ushort)Family);
    }

    /// <param name="socketAddress">A struct sockaddr_in or sockaddr_in6 as the kernel gives it.</param>
    public NativeAddress(ReadOnlySpan<byte> socketAddress)
    {
        Family = BitConverter.ToUInt16(socketAddress);
        Length = Family == LinuxConstants.AF_INET6 ? 28 : 16;
        socketAddress[..Length].CopyTo(_bytes);
    }

    private NativeAddress(ReadOnlySpan<byte> octets, ushort port)
    {
        Span<byte> bytes = _bytes;
        var isIPv6 = octets.Length == 16;
        Family = isIPv6 ? LinuxConstants.AF_INET6 : LinuxConstants.AF_INET;
        Length = isIPv6 ? 28 : 16;
        BitConverter.TryWriteBytes(bytes, (ushort)Family);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], port);
        octets.CopyTo(bytes[(isIPv6 ? 8 : 4)..]);
    }

    public int Family { get; }

    public int Length { get; }

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Value => ((ReadOnlySpan<byte>)_bytes)[..Length];

    /// <summary>4 or 16 octets.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Octets => ((ReadOnlySpan<byte>)_bytes).Slice(Family == LinuxConstants.AF_INET6 ? 8 : 4, Family == LinuxConstants.AF_INET6 ? 16 : 4);

    public readonly int Port => BinaryPrimitives.ReadUInt16BigEndian(((ReadOnlySpan<byte>)_bytes)[2..]);

    /// <param name="octets">4 or 16, in the order of the network.</param>
    /// <param name="port">From 0 to 65535.</param>
    public static NativeAddress FromOctets(ReadOnlySpan<byte> octets, int port) => new(octets, (ushort)port);

    public static IPEndPoint Read(ReadOnlySpan<byte> bytes)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return BitConverter.ToUInt16(bytes) == LinuxConstants.AF_INET6
            ? new IPEndPoint(new IPAddress(bytes.Slice(8, 16)), port)
            : new IPEndPoint(new IPAddress(bytes.Slice(4, 4)), port);
    }

    [InlineArray(MaxLength)]
    private struct Bytes
    {
        private byte _first;
    }
}
