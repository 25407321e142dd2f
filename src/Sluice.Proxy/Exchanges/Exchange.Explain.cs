using System.Text;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// The answer says how it came about, to who shows the token (x-sluice-explain). Ordinary code that allocates: other requests pay a
/// comparison for it.
/// </content>
internal sealed partial class Exchange
{
    private bool _explains;

    /// <summary>The request has the field. A wrong token, or more than one, is as none.</summary>
    private void BeginExplaining(RequestHead head)
    {
        if (!_services.ExplainToken.IsSet)
            return;
        _explains = head.ExplainTokens == 1 && _services.ExplainToken.Matches(head.Get(head.ExplainToken));
        if (_explains)
            _services.Metrics.ExplanationsGiven++;
        else
            _services.Metrics.ExplanationsRefused++;
    }

    /// <summary>Adds the field to the response that is about to begin.</summary>
    /// <param name="end">Why it is the proxy's own; null for a backend's.</param>
    private void AddExplanation(ExchangeEnd? end)
    {
        var field = new ExplanationField();
        if (Listener is { } listener)
        {
            if (listener.Metrics is { } metrics)
                field.Add("gateway", metrics.Gateway);
            field.Add("listener", listener.Source.Name);
        }

        if (_entry is { } entry)
        {
            field.Add("route", entry.Rule.Source.Route);
            field.Add("rule", entry.Rule.Source.Index);
            if (!string.IsNullOrEmpty(entry.Rule.Source.Name))
                field.Add("name", entry.Rule.Source.Name);
            field.Add("match", ExplanationField.Describe(entry.Match));
        }

        if (_backend is { } backend)
            field.Add("backend", backend.Source.Cluster ?? "(unresolved)");
        if (_endpoint is { } endpoint)
            field.Add("endpoint", endpoint.Address.ToString());
        if (_attempts > 0)
            field.Add("attempts", _attempts);
        if (_retries > 0)
            field.Add("retries", _retries);
        if (_filters?.Denial is { } denial)
        {
            field.Add("filter", _deniedBy!);
            field.Add("denied", denial.Details);
        }

        if (_filters?.Shadowed is { } shadowed)
            field.Add("shadowed", shadowed);
        if (end is { } reason)
            field.Add("reason", ExchangeEnds.Name(reason));
        if (_failure is { } failure)
            field.Add("failure", UpstreamFailures.Name(failure));

        _ownEdits ??= _services.RentEdits();
        _ownEdits.Add("X-Sluice-Explanation"u8, Encoding.ASCII.GetBytes(field.ToString()));
        UseEdits(_basis);
    }
}
