using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Which responses are compressed, and how.</summary>
internal sealed class CompressionRule(CompressionPolicy policy)
{
    private readonly byte[][] _types = [.. policy.ContentTypes.Select(Encoding.ASCII.GetBytes)];

    /// <summary>What the client of a request gets; null: the body as it is.</summary>
    public ContentCoding? Choose(RequestDraft request) => AcceptEncoding.Choose(request, policy.Codings);

    /// <summary>
    /// Whether a response is one that is compressed, for clients that take it: of a type that is listed, long enough, whole, not compressed
    /// already, and not forbidden to be changed (RFC 9111 5.2.2.6).
    /// </summary>
    public bool Applies(ResponseDraft response)
    {
        var head = response.Head;
        if (!ResponseDraft.AllowsBody(head.StatusCode) || head.StatusCode == 206 || head.Framing == BodyFraming.None || (head.ContentLength >= 0 && head.ContentLength < policy.MinLength))
            return false;
        if (response.TryFind("content-encoding"u8, out var encoding) && !Ascii.EqualsIgnoreCase(encoding, "identity"u8))
            return false;
        return response.TryFind("content-type"u8, out var type) && IsListed(type) && response.Count("content-range"u8) == 0 && !HasToken(response, "cache-control"u8, "no-transform"u8);
    }

    /// <summary>Says that what comes depends on what clients take.</summary>
    public static void AddVary(ResponseDraft response)
    {
        if (!HasToken(response, "vary"u8, "accept-encoding"u8) && !HasToken(response, "vary"u8, "*"u8))
            response.TryAdd("Vary"u8, "Accept-Encoding"u8);
    }

    /// <summary>Changes the head for a body that will be compressed. What named its octets names them no more.</summary>
    public static void Announce(ResponseDraft response, ContentCoding coding)
    {
        response.Remove("content-encoding"u8);
        response.TryAdd("Content-Encoding"u8, ContentCodings.Name(coding));
        response.Remove("accept-ranges"u8);
        response.Remove("content-md5"u8);
        response.Remove("content-digest"u8);
        if (response.TryFind("etag"u8, out var tag) && tag.Length < 512 && !tag.StartsWith("W/"u8))
        {
            Span<byte> weak = stackalloc byte[2 + tag.Length];
            "W/"u8.CopyTo(weak);
            tag.CopyTo(weak[2..]);
            response.Remove("etag"u8);
            response.TryAdd("ETag"u8, weak);
        }
        response.Head.Framing = BodyFraming.Chunked;
        response.Head.ContentLength = -1;
    }

    private bool IsListed(ReadOnlySpan<byte> type)
    {
        var semicolon = type.IndexOf((byte)';');
        if (semicolon >= 0)
            type = type[..semicolon];
        type = type.Trim(" \t"u8);
        foreach (var listed in _types)
        {
            if (Ascii.EqualsIgnoreCase(type, listed))
                return true;
        }
        return false;
    }

    private static bool HasToken(ResponseDraft response, ReadOnlySpan<byte> name, ReadOnlySpan<byte> token)
    {
        var fields = response.Fields;
        foreach (ref readonly var field in fields.Fields)
        {
            if (field.NameLength != name.Length || !Ascii.EqualsIgnoreCase(fields.NameOf(field), name))
                continue;
            var value = fields.ValueOf(field);
            foreach (var range in value.Split((byte)','))
            {
                if (Ascii.EqualsIgnoreCase(value[range].Trim(" \t"u8), token))
                    return true;
            }
        }
        return false;
    }
}
