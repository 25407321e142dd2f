using System.Text;
using System.Text.Json;

namespace Sluice.Kubernetes.Client;

/// <summary>Objects of lists, made complete.</summary>
internal static class ObjectJson
{
    /// <summary>Deeper than any CRD's schema.</summary>
    public const int MaxDepth = 512;

    public static JsonReaderOptions Options { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>
    /// The object with kind and apiVersion: API servers leave both out in lists of built-in kinds, which know them by the list.
    /// </summary>
    public static ReadOnlyMemory<byte> Complete(ReadOnlyMemory<byte> item, ApiResource resource)
    {
        var (hasKind, isEmpty) = Look(item.Span);
        if (hasKind)
            return item;
        var head = Encoding.UTF8.GetBytes($$"""{"kind":"{{resource.Kind}}","apiVersion":"{{resource.ApiVersion}}"{{(isEmpty ? "" : ",")}}""");
        var complete = new byte[head.Length + item.Length - 1];
        head.CopyTo(complete, 0);
        item.Span[1..].CopyTo(complete.AsSpan(head.Length));
        return complete;
    }

    private static (bool HasKind, bool IsEmpty) Look(ReadOnlySpan<byte> item)
    {
        var reader = new Utf8JsonReader(item, Options);
        var isEmpty = true;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kind"u8))
                return (true, false);
            isEmpty = false;
            reader.Skip();
        }

        return (false, isEmpty);
    }
}
