using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using Sluice.Conformance.Data;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance;

/// <content>Cases below HTTP: the line protocol with and without TLS, datagrams, and handshakes that must be refused.</content>
internal sealed partial class TestRun
{
    private const string DnsPayload = "DNS query ";
    private const string DefaultPayload = "gateway-api-conformance";

    private async Task StreamCaseAsync(IPEndPoint target, CaseData item)
    {
        var count = item.Request.Connections ?? item.Request.Datagrams;
        if (item.Expect.Distribution is not null)
            await StreamSharesAsync(target, item, count!.Value);
        else if (item.Expect.Never is not null)
            await OnlyAsync(target, item, count!.Value);
        else
            await Consistency.HoldsAsync(Name(item), token => StreamOnceAsync(target, item, token), Cancellation);
    }

    /// <summary>Null when one exchange comes out as expected.</summary>
    private async Task<string?> StreamOnceAsync(IPEndPoint target, CaseData item, CancellationToken token)
    {
        var (request, expect) = (item.Request, item.Expect);
        if (expect.ConnectionRejected is not null)
            return await HandshakeProbe.RefusedAsync(target, request.Sni!, Rig.Authority(request.VerifyCA ?? "tls-checks-ca-certificate"), token);
        if (expect.AnyDNSResponse)
            return await DnsAsync(target, request.Payload!, token);
        if (request.Protocol is Protocols.Udp)
        {
            var payload = request.Payload ?? DefaultPayload;
            return StreamRules.Compare(await DatagramProbe.EchoAsync(target, payload, token), payload, expect);
        }
        return StreamRules.Compare(await LineProbe.TalkAsync(target, request.Protocol is Protocols.TcpOverTls ? Tls(request) : null, token), expect);
    }

    private static async Task<string?> DnsAsync(IPEndPoint target, string payload, CancellationToken token)
    {
        if (!payload.StartsWith(DnsPayload, StringComparison.Ordinal) || payload[DnsPayload.Length..].Split(' ') is not [var name, "A"])
            throw new ConformanceException($"the runner cannot send \"{payload}\"");
        var id = (ushort)Random.Shared.Next(1, ushort.MaxValue);
        return DnsMessage.IsAnswer(await DatagramProbe.ExchangeAsync(target, DnsMessage.Query(id, name), token), id) ? null : "what came is no answer to the query";
    }

    /// <summary>Many exchanges at a time, all of which must succeed; one good round is enough.</summary>
    private async Task StreamSharesAsync(IPEndPoint target, CaseData item, int count)
    {
        await Consistency.HoldsAsync(Name(item), async token => await PodAsync(target, item, token) is null ? "no pod answered" : null, Cancellation);
        string? problem = null;
        for (var attempt = 0; attempt < item.Expect.MaxAttempts; attempt++)
        {
            var pods = new ConcurrentBag<string>();
            problem = await ManyAsync(count, item.Request.Concurrency ?? Concurrency, async token =>
            {
                pods.Add(await PodAsync(target, item, token));
                return null;
            });
            problem ??= Distribution.Compare(pods, item.Expect.Distribution!, item.Expect.ToleranceAbsolute!.Value);
            if (problem is null)
                return;
        }
        throw new ConformanceException($"{Name(item)}: {problem} (in the last of {item.Expect.MaxAttempts} attempts)");
    }

    /// <summary>
    /// Exchanges one after the other, all with the one backend. Another one's answer fails at once; a connection that fails does
    /// too, while a datagram may be lost and makes the count begin anew.
    /// </summary>
    private async Task OnlyAsync(IPEndPoint target, CaseData item, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(RouteLimit);
        for (var done = 0; done < count;)
        {
            try
            {
                var pod = await PodAsync(target, item, limit.Token);
                if (!pod.StartsWith(item.Expect.Backend!, StringComparison.Ordinal))
                    throw new ConformanceException($"{Name(item)}, exchange {done + 1}: pod {pod} answered, expected {item.Expect.Backend}");
                done++;
            }
            catch (IOException error) when (item.Request.Protocol is not Protocols.Udp)
            {
                throw new ConformanceException($"{Name(item)}, exchange {done + 1}: {error.Message}");
            }
            catch (IOException)
            {
                done = 0;
            }
            catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
            {
                throw new ConformanceException($"{Name(item)}: {done} exchanges in a row in {RouteLimit.TotalSeconds} s, expected {count}");
            }
        }
    }

    private async Task<string> PodAsync(IPEndPoint target, CaseData item, CancellationToken token)
    {
        try
        {
            return item.Request.Protocol is Protocols.Udp
                ? (await DatagramProbe.EchoAsync(target, DefaultPayload, token)).Pod
                : (await LineProbe.TalkAsync(target, item.Request.Protocol is Protocols.TcpOverTls ? Tls(item.Request) : null, token)).Pod;
        }
        catch (AuthenticationException error)
        {
            throw new IOException(error.Message, error);
        }
    }
}
