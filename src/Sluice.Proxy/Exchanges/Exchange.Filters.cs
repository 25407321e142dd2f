using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// Policies of the rule: its filters judge the request before anything else is done with it. First those up to CORS, then CORS, which
/// answers preflights before anybody has to say who they are, then the others. While a filter waits the head is held in memory of its
/// own, nothing is read of the body, and the rule's time runs on. A client that goes, or a time that passes, ends the exchange at once;
/// its context is given back by whoever waits.
/// </content>
internal sealed partial class Exchange
{
    private static readonly FilterDenial Broken = new(500, "filter_failed", "500 Internal Server Error");

    private FilterContext? _filters; // null without policies
    private PortTable? _table; // with filters only: the one that the request began with
    private HeldHead? _held;
    private FilterStage _lastStage;
    private bool _isFiltering; // a filter waits
    private string? _deniedBy;

    private FilterChain Chain => _entry!.Rule.Filters!;

    /// <summary>The filter that had its turn last.</summary>
    private IRequestFilter Current => Chain.Filters[_filters!.Position - 1];

    private void BeginFilters(RequestHead head, PortTable table)
    {
        var downstream = _downstream!;
        var context = _filters = _services.RentFilterContext();
        _table = table;
        context.Begin(downstream.ClientAddress, downstream.Tls, TrustedHops, Worker.Now);
        context.Clusters = table.Clusters;
        context.PeerPort = downstream.ClientPort;
        context.LocalPort = Listener!.Source.Port;
        context.Protocol = downstream.Protocol;
        context.IsHttp2 = downstream.Protocol == HttpProtocol.Http2;
        context.ConnectionId = ((ulong)downstream.Connection.Generation << 10) | (uint)Worker.Index;
        if (_grpc >= GrpcProtocol.Web && _entry!.Rule.Source.IsGrpc)
            BeginWebAnswers();
        RunFilters(head, FilterStage.Cors);
    }

    private void RunFilters(RequestHead head, FilterStage last)
    {
        _lastStage = last;
        Follow(Chain.Run(head, _filters!, last), head);
    }

    /// <summary>Does what the filters say. The exchange may be over when it returns.</summary>
    private void Follow(FilterVerdict verdict, RequestHead head)
    {
        var context = _filters!;
        if (context.ResponseEdits is { } edits)
        {
            _ownEdits = edits;
            UseEdits(_basis);
        }

        if (verdict == FilterVerdict.Deny)
            Deny(context.Denial!, Current.Name, Current.Stage);
        else if (verdict == FilterVerdict.Pending)
            Wait(head);
        else if (_lastStage < FilterStage.Route)
            GoOnBehindCors(head);
        else
            Accept(head);
    }

    private void GoOnBehindCors(RequestHead head)
    {
        if (_entry!.Rule.Cors is { } cors && ApplyCors(cors, head))
            return;
        _filters!.ResponseEdits = _ownEdits;
        RunFilters(head, FilterStage.Route);
    }

    private void Accept(RequestHead head)
    {
        var context = _filters!;
        if (context.Shadowed is { } shadowed)
            _services.Metrics.Filters.CountShadowed(shadowed);
        Serve(_entry!, head, _table!);
    }

    private void Wait(RequestHead head)
    {
        Hold(head);
        _isFiltering = true;
        StartClockEarly(head);
        if (_record is not null && Current.Stage == FilterStage.Fault)
            _record.Flags |= ResponseFlags.DI;
        _ = FinishFiltersAsync(Chain, _filters!, _held!, _lastStage);
    }

    private void Hold(RequestHead head)
    {
        if (_held is not null)
            return;
        _held = _services.RentHeldHead();
        _held.Take(head);
        _filters!.Held = _held;
    }

    /// <summary>Back on the worker when nothing is pending any more. The exchange may have become another by then.</summary>
    private async Task FinishFiltersAsync(FilterChain chain, FilterContext context, HeldHead held, FilterStage last)
    {
        FilterVerdict verdict;
        try
        {
            verdict = await chain.FinishAsync(held.Head, context, last);
        }
        catch (Exception exception)
        {
            // What could not be judged is not let in.
            Worker.Fault(this, exception);
            verdict = context.Deny(Broken);
        }

        if (!ReferenceEquals(_filters, context))
        {
            _services.Return(context);
            _services.Return(held);
            return;
        }

        _isFiltering = false;
        var downstream = _downstream!;
        try
        {
            Follow(verdict, held.Head);
            if (ReferenceEquals(_filters, context) && !_isFiltering)
                downstream.ResumeRequest();
        }
        catch (Exception exception)
        {
            Worker.Fault(downstream.Connection, exception);
        }
    }

    private void Deny(FilterDenial denial, string filter, FilterStage stage)
    {
        _deniedBy = filter;
        _services.Metrics.Filters.CountDenied(filter, denial.Reason);
        if (_record is not null)
        {
            _record.Denial = denial;
            _record.Flags |= FlagOf(stage);
        }

        var body = denial.Body.AsSpan();
        if (_grpc != GrpcProtocol.None && (denial.GrpcStatus >= 0 || denial.StatusCode >= 400))
            AnswerGrpc(denial.GrpcStatus >= 0 ? denial.GrpcStatus : GrpcStatus.OfHttp(denial.StatusCode), body.TrimEnd((byte)'\n'), ExchangeEnd.Denied);
        else
            Answer(new LocalAnswer { StatusCode = denial.StatusCode, ContentType = denial.ContentType, Body = body }, ExchangeEnd.Denied);
    }

    /// <summary>What the backend gets: these edits, and behind them what filters have added for this request.</summary>
    private HeaderEdits RequestEditsOver(HeaderEdits basis)
    {
        if (_filters?.RequestEdits is not { } own)
            return basis;
        own.Follow(basis);
        return own;
    }

    private void EndFilters()
    {
        if (_filters is not { } context)
            return;
        _filters = null;
        _table = null;
        _deniedBy = null;
        EndThrottling();
        var held = _held;
        _held = null;

        // Those are the exchange's own already.
        if (ReferenceEquals(context.ResponseEdits, _ownEdits))
            context.ResponseEdits = null;
        if (_isFiltering)
        {
            _isFiltering = false;
            context.Cancel();
            return;
        }

        _services.Return(context);
        if (held is not null)
            _services.Return(held);
    }

    private static ResponseFlags FlagOf(FilterStage stage) => stage switch
    {
        FilterStage.Fault => ResponseFlags.FI,
        FilterStage.OAuth2 or FilterStage.Authentication or FilterStage.Authorization => ResponseFlags.UAEX,
        FilterStage.RateLimit => ResponseFlags.RL,
        _ => ResponseFlags.None,
    };
}
