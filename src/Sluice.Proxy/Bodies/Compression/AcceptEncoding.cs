using System.Buffers.Text;
using System.Text;
using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>What codings a client takes (RFC 9110 12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>Entries that are looked at; no honest client has more.</summary>
    private const int MaxEntries = 32;

    /// <summary>
    /// The coding that the client takes best, of several the first of the list; null when it takes none, or would rather have the body as
    /// it is.
    /// </summary>
    public static ContentCoding? Choose(MessageDraft request, IReadOnlyList<ContentCoding> codings)
    {
        ContentCoding? best = null;
        var bestQuality = 0;
        foreach (var coding in codings)
        {
            var quality = QualityOf(request, coding);
            if (quality > bestQuality)
                (best, bestQuality) = (coding, quality);
        }
        return best is not null && bestQuality >= QualityOf(request, null) ? best : null;
    }

    // In thousandths. Null: of the body as it is, which counts only where the client names it.
    private static int QualityOf(MessageDraft request, ContentCoding? coding)
    {
        int named = -1, other = -1, entries = 0;
        var fields = request.Fields;
        foreach (ref readonly var field in fields.Fields)
        {
            if (field.NameLength != 15 || !Ascii.EqualsIgnoreCase(fields.NameOf(field), "accept-encoding"u8))
                continue;
            var value = fields.ValueOf(field);
            foreach (var range in value.Split((byte)','))
            {
                if (++entries > MaxEntries)
                    break;
                var entry = value[range];
                var semicolon = entry.IndexOf((byte)';');
                var name = (semicolon < 0 ? entry : entry[..semicolon]).Trim(" \t"u8);
                var quality = semicolon < 0 ? 1000 : Quality(entry[(semicolon + 1)..]);
                if (coding is { } wanted ? ContentCodings.Is(name, wanted) : Ascii.EqualsIgnoreCase(name, "identity"u8))
                    named = quality;
                else if (coding is not null && name is [(byte)'*'])
                    other = quality;
            }
        }
        return named >= 0 ? named : Math.Max(other, 0);
    }

    private static int Quality(ReadOnlySpan<byte> parameter)
    {
        parameter = parameter.Trim(" \t"u8);
        if (parameter.Length < 3 || (parameter[0] | 0x20) != 'q' || parameter[1] != '=')
            return 0;
        return Utf8Parser.TryParse(parameter[2..], out decimal quality, out _) && quality is >= 0 and <= 1 ? (int)(quality * 1000) : 0;
    }
}
