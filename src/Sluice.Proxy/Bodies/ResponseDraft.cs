using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Bodies;

/// <summary>A response that is being changed.</summary>
internal sealed class ResponseDraft(int maxFields) : MessageDraft
{
    public ResponseHead Head { get; } = new(maxFields);

    public override FieldSection Fields => Head;

    /// <summary>Copies a head and applies edits to the copy. What was there before is lost.</summary>
    public void Take(ResponseHead source, HeaderEdits edits)
    {
        Forget();
        Head.StatusCode = source.StatusCode;
        Head.ReasonSlice = Append(source.Reason);
        Head.Framing = source.Framing;
        Head.ContentLength = source.ContentLength;
        Head.IsWebSocketUpgrade = source.IsWebSocketUpgrade;
        Head.Nominated = default;
        TakeFields(source, source.Nominated);
        Apply(edits);
    }

    /// <summary>Takes the head of an answer of the proxy's own, and applies edits to it.</summary>
    public void Take(in LocalAnswer answer, DateHeader date, HeaderEdits edits)
    {
        Forget();
        Head.StatusCode = answer.StatusCode;
        Head.ReasonSlice = Append(StatusText.Reason(answer.StatusCode));
        Head.IsWebSocketUpgrade = false;
        Head.Nominated = default;
        TryAdd("Date"u8, date.Value);
        TryAdd("Server"u8, "sluice"u8);
        if (answer.Location.Length > 0)
            TryAdd("Location"u8, answer.Location);
        if (answer.Body.Length > 0)
            TryAdd("Content-Type"u8, answer.ContentType);
        Apply(edits);
    }

    /// <summary>100 (Continue).</summary>
    public void TakeContinue()
    {
        Forget();
        Head.StatusCode = 100;
        Head.ReasonSlice = Append(StatusText.Reason(100));
        Head.Framing = BodyFraming.None;
        Head.ContentLength = -1;
        Head.Nominated = default;
    }

    /// <summary>From 200 to 599; a status that allows no body takes it away.</summary>
    public void SetStatus(int statusCode)
    {
        if (AllowsBody(statusCode) != AllowsBody(Head.StatusCode))
        {
            Head.Framing = BodyFraming.None;
            Head.ContentLength = AllowsBody(statusCode) ? 0 : -1;
        }
        Head.StatusCode = statusCode;
        Head.ReasonSlice = Append(StatusText.Reason(statusCode));
    }

    /// <summary>The body has this many octets, all of which are there.</summary>
    public void SetLength(long length, bool hasTrailers)
    {
        Head.Framing = hasTrailers ? BodyFraming.Chunked : length > 0 ? BodyFraming.Length : BodyFraming.None;
        Head.ContentLength = hasTrailers ? -1 : length;
    }

    public static bool AllowsBody(int statusCode) => statusCode is not (204 or 205 or 304) and >= 200;

    private void Apply(HeaderEdits edits)
    {
        if (edits.IsEmpty)
            return;
        for (var i = Head.FieldCount - 1; i >= 0; i--)
        {
            if (edits.Removes(Head.NameOf(Head.Fields[i])))
                Head.RemoveAt(i);
        }
        for (var i = 0; i < edits.AppendedCount; i++)
            TryAdd(edits.AppendedName(i), edits.AppendedValue(i));
    }
}
