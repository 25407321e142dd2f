using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Layer4.ProxyProtocol;

namespace Sluice.Proxy.Engine;

/// <summary>A peer's IP address as text, made once per connection.</summary>
internal struct ClientAddress
{
    private Characters _text;
    private byte _length;

    /// <param name="proxied">What a PROXY protocol header said.</param>
    public ClientAddress(ProxiedAddresses proxied)
        : this(proxied.Source.Value) => Proxied = proxied;

    /// <param name="socketAddress">As accept gave it; an IPv4-mapped IPv6 address is written as IPv4.</param>
    public ClientAddress(ReadOnlySpan<byte> socketAddress)
    {
        Port = BinaryPrimitives.ReadUInt16BigEndian(socketAddress[2..]);
        if (BitConverter.ToUInt16(socketAddress) == LinuxConstants.AF_INET)
        {
            WriteIPv4(socketAddress.Slice(4, 4));
            return;
        }

        var address = NativeAddress.Read(socketAddress).Address;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        address.TryFormat(_text, out var written);
        _length = (byte)written;
    }

    /// <summary>Set when a PROXY protocol header named the client; null: it is the socket's peer.</summary>
    public ProxiedAddresses? Proxied { get; }

    public readonly ushort Port { get; }

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => ((ReadOnlySpan<byte>)_text)[.._length];

    private void WriteIPv4(ReadOnlySpan<byte> octets)
    {
        Span<byte> text = _text;
        var at = 0;
        foreach (var octet in octets)
        {
            if (at > 0)
                text[at++] = (byte)'.';
            if (octet >= 100)
                text[at++] = (byte)('0' + (octet / 100));
            if (octet >= 10)
                text[at++] = (byte)('0' + (octet / 10 % 10));
            text[at++] = (byte)('0' + (octet % 10));
        }

        _length = (byte)at;
    }

    [InlineArray(46)]
    private struct Characters
    {
        private byte _first;
    }
}
