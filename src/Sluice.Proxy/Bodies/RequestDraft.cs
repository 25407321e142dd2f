using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;

namespace Sluice.Proxy.Bodies;

/// <summary>A request that is being changed.</summary>
internal sealed class RequestDraft(int maxFields) : MessageDraft
{
    public RequestHead Head { get; } = new(maxFields);

    public override FieldSection Fields => Head;

    /// <summary>Copies a head. What was there before is lost.</summary>
    public void Take(RequestHead source)
    {
        Forget();
        Head.MethodSlice = Append(source.Method);
        Head.AuthoritySlice = Append(source.Authority);
        Head.PathSlice = Append(source.Path);
        Head.QuerySlice = Append(source.Query);
        Head.IsHead = source.IsHead;
        Head.IsIdempotent = source.IsIdempotent;
        Head.Framing = source.Framing;
        Head.ContentLength = source.ContentLength;
        Head.ExpectsContinue = source.ExpectsContinue;
        Head.IsWebSocketUpgrade = source.IsWebSocketUpgrade;
        Head.ExplainToken = default;
        Head.ExplainTokens = 0;
        Head.Nominated = default;
        TakeFields(source, source.Nominated);
    }

    /// <summary>False when it is no method, or one that would change what a response may have: HEAD, CONNECT.</summary>
    public bool TrySetMethod(ReadOnlySpan<byte> method)
    {
        if (!FieldNames.IsToken(method) || method.SequenceEqual("CONNECT"u8) || method.SequenceEqual("HEAD"u8) != Head.IsHead)
            return false;
        Head.MethodSlice = Append(method);
        RequestParser.ClassifyMethod(Head);
        return true;
    }

    /// <summary>Path and query. False when it does not begin with "/", or is none.</summary>
    public bool TrySetTarget(ReadOnlySpan<byte> target)
    {
        if (target.Length == 0 || target[0] != '/' || target.ContainsAnyExceptInRange((byte)0x21, (byte)0x7e) || target.Contains((byte)'#'))
            return false;
        var query = target.IndexOf((byte)'?');
        var path = Append(query < 0 ? target : target[..query]);
        if (!PathNormalizer.TryNormalize(Head.Writable(path), out var length))
            return false;
        Head.PathSlice = new Slice(path.Offset, length);
        Head.QuerySlice = query < 0 ? default : Append(target[query..]);
        return true;
    }

    public bool TrySetAuthority(ReadOnlySpan<byte> authority)
    {
        if (!Authority.IsValid(authority))
            return false;
        Head.AuthoritySlice = Append(authority);
        return true;
    }

    /// <summary>The body has this many octets, all of which are there.</summary>
    public void SetLength(long length, bool hasTrailers)
    {
        Head.ExpectsContinue = false;
        Head.Framing = hasTrailers ? BodyFraming.Chunked : length > 0 ? BodyFraming.Length : BodyFraming.None;
        Head.ContentLength = hasTrailers ? -1 : length;
    }
}
