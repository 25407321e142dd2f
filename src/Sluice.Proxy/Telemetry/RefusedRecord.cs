using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry;

/// <summary>Tells of requests that were refused before they became exchanges: nothing of such a head can be believed, so nothing of it is told.</summary>
internal static class RefusedRecord
{
    public static void Write(PortBinding binding, IDownstream downstream, HttpError error)
    {
        if (binding.Table?.Telemetry?.For(downstream.Connection.Worker) is not { } telemetry)
            return;
        var record = telemetry.Begin();
        ClientFacts.Take(record, downstream);
        if (downstream.Protocol != HttpProtocol.Http2)
            record.Protocol = HttpProtocol.None;
        record.StatusCode = HttpErrors.StatusCode(error);
        record.Flags = error == HttpError.HeadTimeout ? ResponseFlags.SI : ResponseFlags.DPE;
        record.Details = error == HttpError.HeadTimeout ? ResponseDetails.Idle : ResponseDetails.MalformedRequest;
        telemetry.End(record);
    }
}
