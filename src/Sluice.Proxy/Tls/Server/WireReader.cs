using System.Buffers.Binary;

namespace Sluice.Proxy.Tls.Server;

/// <summary>Reads what is written in the presentation language of TLS (RFC 8446 3): numbers, and vectors behind their length.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.Length == 0;

    public bool TrySkip(int count)
    {
        if (_rest.Length < count)
            return false;
        _rest = _rest[count..];
        return true;
    }

    public bool TryNumber16(out ushort number)
    {
        number = 0;
        if (_rest.Length < 2)
            return false;
        number = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        _rest = _rest[2..];
        return true;
    }

    /// <summary>A vector of at most 255 bytes.</summary>
    public bool TryVector8(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (_rest.Length < 1 || _rest.Length - 1 < _rest[0])
            return false;
        content = _rest.Slice(1, _rest[0]);
        _rest = _rest[(1 + content.Length)..];
        return true;
    }

    /// <summary>A vector of at most 65,535 bytes.</summary>
    public bool TryVector16(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!TryNumber16(out var length) || _rest.Length < length)
            return false;
        content = _rest[..length];
        _rest = _rest[length..];
        return true;
    }
}
