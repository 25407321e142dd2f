using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <content>Response edits that only this exchange has. One without any uses those of its rule or backend as they are.</content>
internal sealed partial class Exchange
{
    private ExchangeEdits? _ownEdits;
    private HeaderEdits _basis = HeaderEdits.None;

    /// <summary>True when the request was a preflight: it has its answer, and the exchange is over.</summary>
    private bool ApplyCors(CorsFilter cors, RequestHead head)
    {
        if (!CorsFilter.HasOrigin(head))
            return false;
        var isPreflight = CorsFilter.IsPreflight(head);
        _ownEdits ??= _services.RentEdits();
        if (isPreflight)
            cors.AddToPreflight(head, _ownEdits);
        else
            cors.AddToResponse(head, _ownEdits);
        UseEdits(ResponseEdits);
        if (isPreflight)
            Answer(new LocalAnswer { StatusCode = 204 }, ExchangeEnd.Preflight);
        return isPreflight;
    }

    /// <summary>Response edits from now on: these, and the exchange's own behind them.</summary>
    private void UseEdits(HeaderEdits basis)
    {
        _basis = basis;
        if (_ownEdits is not { } own)
        {
            ResponseEdits = basis;
            return;
        }

        if (!ReferenceEquals(own.Basis, basis))
            own.Follow(basis);
        ResponseEdits = own;
    }

    private void EndEdits()
    {
        ResponseEdits = _basis = HeaderEdits.None;
        if (_ownEdits is not { } own)
            return;
        _ownEdits = null;
        _services.Return(own);
    }
}
