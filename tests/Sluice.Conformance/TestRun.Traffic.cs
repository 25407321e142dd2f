using System.Globalization;
using System.Net;
using Sluice.Conformance.Cluster;
using Sluice.Conformance.Data;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance;

/// <content>Sends requests and compares the answers.</content>
internal sealed partial class TestRun
{
    private const string SetHeaderField = "X-Echo-Set-Header";
    private const string FreshPlaceholder = "<fresh per request>";

    /// <summary>All cases, to the Gateways that they are meant for.</summary>
    public async Task CasesAsync()
    {
        foreach (var item in Data.Cases)
        {
            foreach (var gateway in item.AppliesTo?.Select(GatewayKey) ?? [Gateway])
                await CaseAsync(gateway, item);
        }
    }

    /// <summary>One case in the manner that its expectations ask for.</summary>
    public async Task CaseAsync(ObjectKey gateway, CaseData item)
    {
        CaseSupport.Check(item);
        var target = await TargetAsync(gateway, item.Request.Port);
        if (item.Request.Protocol is Protocols.Tcp or Protocols.TcpOverTls or Protocols.Handshake or Protocols.Udp)
            await StreamCaseAsync(target, item);
        else if (item.Expect.Distribution is not null)
            await SharesAsync(target, item);
        else if (item.Expect.GrpcStatus is not null)
            await Consistency.HoldsAsync(Name(item), token => GrpcOnceAsync(target, item, token), Cancellation);
        else if (item.Expect.MirroredTo.Count > 0)
            await MirroredAsync(target, item);
        else if (item.Expect.TransportError)
            await NoAnswerAsync(target, item);
        else if (item.Expect.Status is { IsFailure: true })
            await FailsAsync(target, item);
        else
            await HoldsAsync(target, item);
    }

    /// <summary>Answers come out as expected three times in a row.</summary>
    public Task HoldsAsync(IPEndPoint target, CaseData item) => Consistency.HoldsAsync(
        Name(item),
        async token =>
        {
            var request = Request(target, item.Request);
            return AnswerRules.Compare(await Rig.Client.SendAsync(request, token), request, item);
        },
        Cancellation);

    /// <summary>Answers that are neither a success nor a timeout five times in a row; a success at any time fails.</summary>
    public Task FailsAsync(IPEndPoint target, CaseData item) => Consistency.FailsAsync(
        Name(item),
        async token => (await Rig.Client.SendAsync(Request(target, item.Request), token)).Status,
        Cancellation);

    /// <summary>One try, which must fail before there is any HTTP answer. A gateway that says nothing at all does not pass.</summary>
    public async Task NoAnswerAsync(IPEndPoint target, CaseData item)
    {
        var request = Request(target, item.Request);
        try
        {
            var answer = await Rig.Client.SendAsync(request, Cancellation);
            throw new ConformanceException($"{Name(item)}: status {answer.Status}, expected no HTTP answer");
        }
        catch (HttpRequestException error) when (error.InnerException is not OperationCanceledException)
        {
            if (item.Expect.ClientCertMustBeRequested && request.Tls is not { CertificateWasRequested: true })
                throw new ConformanceException($"{Name(item)}: {AnswerRules.NotRequested} ({error.Message})");
        }
    }

    /// <summary>Where to connect to: the first address of the Gateway that has a type, the port of the named or first listener.</summary>
    public async Task<IPEndPoint> TargetAsync(ObjectKey gateway, int? port = null)
    {
        var status = (await Rig.Sluice.Admin.StatusAsync(Cancellation)).Gateway(gateway) ?? throw new ConformanceException($"{gateway} is not in the status");
        var address = status.Addresses.FirstOrDefault(candidate => !string.IsNullOrEmpty(candidate.Type)) ?? throw new ConformanceException($"{gateway} has no address");
        var listener = status.Listeners.FirstOrDefault(candidate => port is null || candidate.Port == port)
            ?? throw new ConformanceException($"{gateway} has no listener{(port is null ? "" : $" on port {port}")}");
        return new IPEndPoint(IPAddress.Parse(address.Value), listener.BoundPort);
    }

    /// <summary>The request of a case as it goes out; X-Echo-Set-Header is always there, maybe empty.</summary>
    public HttpRequest Request(IPEndPoint target, RequestData data)
    {
        var asked = data.BackendSetsResponseHeaders?.Select(field => $"{field.Key}:{field.Value}") ?? [];
        return new HttpRequest(
            target,
            data.Method,
            data.Host ?? Authority(target),
            data.Path.Replace(FreshPlaceholder, Guid.NewGuid().ToString(), StringComparison.Ordinal),
            [.. data.Headers, new KeyValuePair<string, string>(SetHeaderField, string.Join(',', asked))])
        {
            IsHttp2 = data.Protocol is Protocols.Http2PriorKnowledge or Protocols.Http2OverTls,
            Tls = data.Scheme == "https" ? Tls(data) : null,
        };
    }

    /// <summary>
    /// The client of a case with TLS. Where the data names no authority, the gateway's certificate is the one that most HTTPS
    /// listeners of the suite have, which is its own authority.
    /// </summary>
    private TlsClient Tls(RequestData data) => new(
        data.Sni!,
        data.VerifyCA is { } authority ? Rig.Authority(authority) : Rig.ServerCertificate,
        data.ClientCert is { } certificate ? Rig.Certificate(certificate) : null);

    /// <summary>A URL's default port is left out.</summary>
    public static string Authority(IPEndPoint target) => target.Port == 80 ? target.Address.ToString() : target.ToString();

    /// <summary>One gRPC call.</summary>
    public async Task<string?> GrpcOnceAsync(IPEndPoint target, CaseData item, CancellationToken token)
    {
        var request = GrpcRequest(target, item);
        var answer = await Rig.Client.CallAsync(request, token);
        var expected = GrpcStatus(item);
        if (answer.Status != expected)
            return $"gRPC status {answer.Status} ({answer.Message}), expected {item.Expect.GrpcStatus}";
        if (answer.Seen is not { } seen)
            return null;
        if (seen.Path != request.Path)
            return $"the backend saw method {seen.Path}, expected {request.Path}";
        if (item.Request.Authority is { } authority && seen.Host != authority)
            return $"the backend saw :authority {seen.Host}, expected {authority}";
        var fields = item.Expect.BackendRequest;
        return AnswerRules.PodDiffers(seen, item.Expect)
            ?? AnswerRules.ServerNameDiffers(seen, item.Expect)
            ?? AnswerRules.FieldsDiffer(seen.Headers, fields?.Headers ?? item.Request.Metadata ?? new Dictionary<string, string>(), fields?.AbsentHeaders ?? []);
    }

    public static HttpRequest GrpcRequest(IPEndPoint target, CaseData item) => new(
        target,
        "POST",
        item.Request.Authority ?? Authority(target),
        $"/{item.Request.Method}",
        [.. item.Request.Metadata ?? new Dictionary<string, string>()]);

    /// <summary>What a case sends, for messages.</summary>
    public static string Name(CaseData item)
    {
        var request = item.Request;
        var isHttp = request.Protocol is null or Protocols.Http2PriorKnowledge or Protocols.Http2OverTls;
        var line = item.Expect.GrpcStatus is not null ? request.Method : isHttp ? $"{request.Method} {request.Path}" : null;
        return string.Join(
            ' ',
            new[]
            {
                request.Protocol,
                request.Port?.ToString(CultureInfo.InvariantCulture),
                request.Sni is { } name ? $"sni:{name}" : null,
                request.ClientCert,
                request.Host ?? request.Authority,
                line,
                Fields(item),
                item.Subtest is { } subtest ? $"({subtest})" : null,
            }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string Fields(CaseData item) => string.Join(' ', (item.Request.Metadata ?? item.Request.Headers).Select(field => $"{field.Key}:{field.Value}"));

    /// <summary>"Unimplemented(12)" is 12.</summary>
    private static int GrpcStatus(CaseData item)
    {
        var text = item.Expect.GrpcStatus!;
        return int.Parse(text.AsSpan(text.IndexOf('(', StringComparison.Ordinal) + 1).TrimEnd(')'), CultureInfo.InvariantCulture);
    }
}
