using System.Security.Cryptography;
using System.Text;

namespace Sluice.Translation.Certificates;

/// <summary>The blocks of a PEM text (RFC 7468). What stands between them is explanatory text and left out.</summary>
internal static class PemBlocks
{
    /// <summary>The texts of the blocks whose label is one of those given, each with its "-----BEGIN" and "-----END".</summary>
    public static IEnumerable<string> Find(byte[] content, params IReadOnlyList<string> labels)
    {
        var rest = Encoding.UTF8.GetString(content).AsMemory();
        while (PemEncoding.TryFind(rest.Span, out var fields))
        {
            if (labels.Contains(rest.Span[fields.Label].ToString()))
                yield return rest.Span[fields.Location].ToString();
            rest = rest[fields.Location.End..];
        }
    }

    public static byte[] Decode(string block)
    {
        var fields = PemEncoding.Find(block);
        return Convert.FromBase64String(block[fields.Base64Data]);
    }
}
