using Sluice.Proxy.Http;
using Sluice.Proxy.Listeners;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// Answers of the proxy's own that are made of formats: those that the listener's local replies change, and direct responses with a body
/// format. For the former something of each request is remembered, because its head is gone when it fails.
/// </content>
internal sealed partial class Exchange
{
    private RuntimeLocalReplies? _replies;
    private RequestRecord? _reply;
    private RequestRecord? _formatted;

    private void BeginReply(RuntimeLocalReplies replies, RequestHead head)
    {
        _replies = replies;
        _reply = Remember(_reply, replies.Plan, head);
    }

    /// <summary>The answer as the listener's local replies make it.</summary>
    private LocalAnswer Map(LocalAnswer answer, ExchangeEnd end)
    {
        var record = _reply!;
        Describe(record, end);
        if (_record is not null)
            record.Flags |= _record.Flags;
        return _replies!.Apply(_services, record, answer);
    }

    private void AnswerFormatted(RuntimeDirectResponse direct, RuntimeBodyFormat format, RuntimeEntry entry, RequestHead head)
    {
        var record = _formatted = Remember(_formatted, format.Plan, head);
        Describe(record, ExchangeEnd.DirectResponse);
        record.Entry = entry;
        record.StatusCode = direct.StatusCode;
        record.Ended = System.Diagnostics.Stopwatch.GetTimestamp();
        Answer(new LocalAnswer { StatusCode = direct.StatusCode, ContentType = format.ContentType, Body = format.Write(_services, record) }, ExchangeEnd.DirectResponse);
    }

    private RequestRecord Remember(RequestRecord? record, CapturePlan plan, RequestHead head)
    {
        if (record is null || !ReferenceEquals(record.Plan, plan))
            record = new RequestRecord(plan);
        record.Reset();
        record.StartTicks = DateTime.UtcNow.Ticks;
        record.Started = _started;
        record.Take(head);
        ClientFacts.Take(record, _downstream!);
        record.IsGrpc = IsGrpc;
        return record;
    }

    private void EndReplies() => _replies = null;
}
