using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Exchanges;

/// <content>Copies of the request (HTTPRequestMirrorFilter). The exchange feeds them while the request comes, then lets go.</content>
internal sealed partial class Exchange
{
    private Mirror? _mirrors;

    private void BeginMirrors(RuntimeMirror[] mirrors, OutgoingRequest outgoing, PortTable table)
    {
        foreach (var mirror in mirrors)
        {
            if (!mirror.Draw(Worker.Random) || table.Clusters[mirror.ClusterId] is not { } cluster)
                continue;
            var copy = _services.RentMirror();
            copy.Begin(cluster.For(Worker), new OutgoingRequest
            {
                Head = outgoing.Head,
                Edits = RequestEditsOver(mirror.RequestEdits),
                Rewrite = mirror.Rewrite,
                MatchedLength = outgoing.MatchedLength,
                IsTrusted = outgoing.IsTrusted,
                Client = outgoing.Client,
                IsSecure = outgoing.IsSecure,
                ClientCertificate = outgoing.ClientCertificate,
                CertificateMode = outgoing.CertificateMode,
                KeepsForwardedFor = outgoing.KeepsForwardedFor,
                HasNoRequestId = outgoing.HasNoRequestId,
                RequestId = outgoing.RequestId,
                Trace = outgoing.Trace,
                IsMirror = true,
            });
            if (RequestEnded)
            {
                copy.End(null);
                continue;
            }

            copy.NextCopy = _mirrors;
            _mirrors = copy;
        }
    }

    private void Mirror(ReadOnlySpan<byte> data)
    {
        for (var mirror = _mirrors; mirror is not null; mirror = mirror.NextCopy)
            mirror.Send(data);
    }

    /// <summary>The request is complete: the copies end by themselves.</summary>
    private void EndMirroring(FieldSection? trailers)
    {
        while (_mirrors is { } mirror)
        {
            _mirrors = mirror.NextCopy;
            mirror.End(trailers);
        }
    }

    /// <summary>The rest of the request will not come.</summary>
    private void AbandonMirrors()
    {
        while (_mirrors is { } mirror)
        {
            _mirrors = mirror.NextCopy;
            mirror.Abandon();
        }
    }
}
