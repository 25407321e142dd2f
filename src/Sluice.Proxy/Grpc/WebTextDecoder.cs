using System.Buffers;
using System.Buffers.Text;

namespace Sluice.Proxy.Grpc;

/// <summary>
/// Decodes the base64 of an application/grpc-web-text body as it comes. Clients encode each piece for itself, so that padding may
/// stand in the middle, always at the end of a group of four.
/// </summary>
internal struct WebTextDecoder
{
    private const int Group = 4;

    private uint _kept; // octets of an incomplete group, the first in the lowest bits
    private int _keptCount;

    /// <summary>Nothing is missing to the last group.</summary>
    public readonly bool IsComplete => _keptCount == 0;

    /// <summary>Decodes as much as fits. False when the text is no base64.</summary>
    /// <param name="text">What has come; at least one octet.</param>
    /// <param name="target">At least three octets.</param>
    /// <param name="consumed">Octets of the text that were taken.</param>
    /// <param name="written">Octets that were decoded.</param>
    public bool TryDecode(ReadOnlySpan<byte> text, Span<byte> target, out int consumed, out int written)
    {
        consumed = written = 0;
        if (_keptCount > 0 || text.Length < Group)
            return TryDecodeGroup(text, target, out consumed, out written);

        var length = Math.Min(text.Length, target.Length / 3 * Group) / Group * Group;
        var padding = text[..length].IndexOf((byte)'=');
        if (padding >= 0)
            length = ((padding / Group) + 1) * Group;
        consumed = length;
        return Base64.DecodeFromUtf8(text[..length], target, out var used, out written) == OperationStatus.Done && used == length && !HasSpace(text[..length]);
    }

    private bool TryDecodeGroup(ReadOnlySpan<byte> text, Span<byte> target, out int consumed, out int written)
    {
        written = 0;
        for (consumed = 0; consumed < text.Length && _keptCount < Group; consumed++)
            _kept |= (uint)text[consumed] << (8 * _keptCount++);
        if (_keptCount < Group)
            return true;
        Span<byte> group = [(byte)_kept, (byte)(_kept >> 8), (byte)(_kept >> 16), (byte)(_kept >> 24)];
        _kept = 0;
        _keptCount = 0;
        return Base64.DecodeFromUtf8(group, target, out var used, out written) == OperationStatus.Done && used == Group && !HasSpace(group);
    }

    // The platform's decoder skips white space, which would shift the groups.
    private static bool HasSpace(ReadOnlySpan<byte> text) => text.ContainsAny(" \t\r\n"u8);
}
