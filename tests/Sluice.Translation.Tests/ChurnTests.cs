using System.Globalization;
using System.Text.Json;
using Sluice.Configuration.Json;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Backends;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Sluice.Resources.Policies.Listeners;
using Sluice.Resources.Policies.Traffic;
using Sluice.Translation.Json;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;
using static Sluice.Translation.Tests.Support.PolicyBuild;

namespace Sluice.Translation.Tests;

/// <summary>What is remembered must never show: after any series of changes the result is that of a new translator.</summary>
public sealed class ChurnTests
{
    private const int Names = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Translate_AfterRandomChanges_EqualsAFreshTranslation(int seed)
    {
        var random = new Random(seed);
        var options = new TranslatorOptions { GlobalPolicyNamespace = "other" };
        var translator = new Translator(options);
        var snapshot = Snapshot(Class());
        for (var step = 0; step < 400; step++)
        {
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                snapshot = Change(snapshot, random);
            var expected = Describe(new Translator(options).Translate(snapshot));

            Assert.Equal(expected, Describe(translator.Translate(snapshot)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Translate_AfterRandomChangesThroughBuilders_EqualsAFreshTranslationAndNamesWhatChanged(int seed)
    {
        var random = new Random(seed);
        var options = new TranslatorOptions();
        var translator = new Translator(options);
        var snapshot = Snapshot(Class(), RandomGateway("n0", random), RandomGateway("n1", random));
        var before = translator.Translate(snapshot);
        var known = 0;
        for (var step = 0; step < 400; step++)
        {
            var builder = new ResourceSnapshotBuilder(snapshot);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                Change(builder, random);
            snapshot = builder.ToSnapshot();

            var after = translator.Translate(snapshot);

            Assert.Equal(Describe(new Translator(options).Translate(snapshot)), Describe(after));
            if (Assert.IsType<IStatusChanges>(after.HttpRoutes, exactMatch: false).Since(before.HttpRoutes) is { } changed)
            {
                known++;
                var differing = before.HttpRoutes.Keys.Union(after.HttpRoutes.Keys).Where(key => !ReferenceEquals(before.HttpRoutes.GetValueOrDefault(key), after.HttpRoutes.GetValueOrDefault(key)));
                Assert.Empty(differing.Except(changed));
            }
            before = after;
        }
        Assert.NotEqual(0, known);
    }

    private static void Change(ResourceSnapshotBuilder builder, Random random)
    {
        var name = Pick(random);
        KubernetesObject value = random.Next(6) switch
        {
            0 => RandomGateway(name, random),
            1 => RandomService(name, random),
            2 => Slice(name, $"10.0.0.{random.Next(1, 4)}"),
            _ => RandomRoute(name, random),
        };
        if (random.Next(3) == 0)
            builder.Remove(value);
        else
            builder.Set(value);
    }

    private static ResourceSnapshot Change(ResourceSnapshot snapshot, Random random)
    {
        var name = Pick(random);
        var remove = random.Next(4) == 0;
        var key = Name(name);
        switch (random.Next(24))
        {
            case 0:
                return remove ? snapshot with { Gateways = snapshot.Gateways.Remove(key) } : snapshot.With(RandomGateway(name, random));
            case 1:
                return remove ? snapshot with { Services = snapshot.Services.Remove(key) } : snapshot.With(RandomService(name, random));
            case 2:
                var slice = Slice(name, $"10.0.0.{random.Next(1, 4)}");
                return remove ? snapshot with { EndpointSlices = snapshot.EndpointSlices.Remove(slice.Key) } : snapshot.With(slice);
            case 3:
                var grant = new ReferenceGrant { Metadata = Meta("grant", "other"), From = [new ReferenceGrantFrom(GatewayApiGroup.Name, "HTTPRoute", Space)], To = [new ReferenceGrantTo("", "Service", null)] };
                return remove ? snapshot with { ReferenceGrants = snapshot.ReferenceGrants.Clear() } : snapshot.With(grant, Service(name, "other"));
            case 4:
                var response = new Resources.Kgateway.DirectResponse { Metadata = Meta(name), Status = 200 + random.Next(3) };
                return remove ? snapshot with { DirectResponses = snapshot.DirectResponses.Remove(key) } : snapshot.With(response);
            case 5:
                return snapshot.With(Class(controller: random.Next(5) == 0 ? "example.com/other" : TranslatorOptions.DefaultControllerName));
            case 6:
                return remove ? snapshot with { BackendTlsPolicies = snapshot.BackendTlsPolicies.Remove(key) } : snapshot.With(RandomPolicy(name, random));
            case 7:
                return remove ? snapshot with { ConfigMaps = snapshot.ConfigMaps.Remove(key) } : snapshot.With(Authorities.Map(name, random.Next(3) switch { 0 => null, 1 => Authorities.One, _ => Authorities.Two }));
            case 8:
                return remove ? snapshot with { TlsRoutes = snapshot.TlsRoutes.Remove(key) } : snapshot.With(RandomStream(name, random, new TlsRoute { Metadata = Meta(name), Rule = NoRule, Hostnames = [random.Next(2) == 0 ? "*.example.com" : "a.example.com"] }));
            case 9:
                return remove ? snapshot with { TcpRoutes = snapshot.TcpRoutes.Remove(key) } : snapshot.With(RandomStream(name, random, new TcpRoute { Metadata = Meta(name), Rule = NoRule }));
            case 10:
                return remove ? snapshot with { UdpRoutes = snapshot.UdpRoutes.Remove(key) } : snapshot.With(RandomStream(name, random, new UdpRoute { Metadata = Meta(name), Rule = NoRule }));
            case 11 or 12 or 13:
                var traffic = RandomTraffic(name, random);
                return remove ? snapshot with { TrafficPolicies = snapshot.TrafficPolicies.Remove(traffic.Key) } : snapshot.With(traffic);
            case 14:
                return remove ? snapshot with { Secrets = snapshot.Secrets.Remove(key) } : snapshot.With(Secret(name, ".htpasswd", $"user{random.Next(3)}:{{SHA}}W6ph5Mm5Pz8GgiULbPgzG37mj9g="));
            case 15:
                return remove ? snapshot with { GatewayExtensions = snapshot.GatewayExtensions.Remove(key) } : snapshot.With(RandomExtension(name, random));
            case 16:
                return remove ? snapshot with { Backends = snapshot.Backends.Remove(key) } : snapshot.With(RandomBackend(name, random));
            case 17:
                var config = new BackendConfigPolicy { Metadata = Meta(name), Fields = ["connectTimeout"], TargetRefs = [RandomBackendTarget(random)], ConnectTimeout = TimeSpan.FromSeconds(random.Next(3)) };
                return remove ? snapshot with { BackendConfigPolicies = snapshot.BackendConfigPolicies.Remove(key) } : snapshot.With(config);
            case 18:
                var listeners = new ListenerPolicy { Metadata = Meta(name), Fields = ["default"], TargetRefs = [Target(random.Next(2) == 0 ? "Gateway" : "ListenerSet", Pick(random))], Default = RandomListener(random) };
                return remove ? snapshot with { ListenerPolicies = snapshot.ListenerPolicies.Remove(key) } : snapshot.With(listeners);
            case 19:
                var set = Set(name, Pick(random), Http("extra", 84)).Labelled("tier", Pick(random));
                return remove ? snapshot with { ListenerSets = snapshot.ListenerSets.Remove(key) } : snapshot.With(set);
            case 20:
                var permit = Grant("other", "TrafficPolicy", Space, "", "Secret");
                return remove ? snapshot with { ReferenceGrants = snapshot.ReferenceGrants.Remove(permit.Key) } : snapshot.With(permit, Secret(name, ".htpasswd", "far:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "other"));
            case 21:
                return remove ? snapshot with { GrpcRoutes = snapshot.GrpcRoutes.Remove(key) } : snapshot.With(RandomGrpc(name, random));
            default:
                return remove ? snapshot with { HttpRoutes = snapshot.HttpRoutes.Remove(key) } : snapshot.With(RandomRoute(name, random));
        }
    }

    private static Gateway RandomGateway(string name, Random random)
    {
        var listeners = new List<GatewayListener> { Http(hostname: random.Next(3) == 0 ? "*.example.com" : null) };
        if (random.Next(2) == 0)
            listeners.Add(Http("second", 81, random.Next(2) == 0 ? "a.example.com" : null));
        if (random.Next(4) == 0)
            listeners.Add(Http("clash", 80, listeners[0].Hostname));
        if (random.Next(2) == 0)
            listeners.Add(Http("stream", 82) with { Protocol = random.Next(2) == 0 ? "TCP" : "UDP" });
        if (random.Next(2) == 0)
            listeners.Add(Http("tls", 83, random.Next(2) == 0 ? "*.example.com" : null) with { Protocol = "TLS", Tls = new Resources.GatewayApi.ListenerTls { Mode = "Passthrough" } });
        return Gateway(name, [.. listeners]) with
        {
            Metadata = Meta(name, generation: random.Next(1, 3)) with { Labels = new Dictionary<string, string> { ["tier"] = Pick(random) } },
            AllowedListeners = new AllowedListeners { From = random.Next(2) == 0 ? FromNamespaces.All : FromNamespaces.None },
        };
    }

    private static HttpRoute RandomRoute(string name, Random random)
    {
        string[] hosts = ["a.example.com", "b.example.com", "*.example.com", "example.org"];
        var rules = Enumerable.Range(0, random.Next(1, 3)).Select(_ => RandomRule(random)).ToArray();
        return Route(name, Pick(random), rules) with
        {
            ParentRefs = [new ParentReference(Pick(random), Kind: random.Next(4) == 0 ? "ListenerSet" : "Gateway"), new ParentReference(Pick(random), SectionName: random.Next(2) == 0 ? "second" : null)],
            Hostnames = [.. hosts.Where(_ => random.Next(3) == 0)],
            Metadata = Meta(name) with { CreationTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(random.Next(3)), Labels = new Dictionary<string, string> { ["tier"] = Pick(random) } },
        };
    }

    private static HttpRouteRule RandomRule(Random random)
    {
        var rule = Rule($"/{random.Next(3)}", Backend(Pick(random), 80, random.Next(4) == 0 ? "other" : null), Backend(Pick(random)));
        rule = rule with { Name = random.Next(2) == 0 ? "rule" : null };
        if (random.Next(4) == 0)
            rule = rule.Naming(Pick(random));
        if (random.Next(4) == 0)
            rule = rule with { BackendRefs = [.. rule.BackendRefs, Backend(Pick(random)) with { Group = GatewayApiGroup.Kgateway, Kind = "Backend", Port = null }] };
        return random.Next(8) switch
        {
            0 => rule with { Timeouts = new HttpRouteTimeouts(TimeSpan.FromSeconds(1), null) },
            1 => rule with { BackendRefs = [], Filters = [new HttpRouteFilter { Type = "ExtensionRef", ExtensionRef = new LocalObjectReference(GatewayApiGroup.Kgateway, "DirectResponse", Pick(random)) }] },
            _ => rule,
        };
    }

    private static GrpcRoute RandomGrpc(string name, Random random) => new()
    {
        Metadata = Meta(name) with { CreationTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(random.Next(3)) },
        ParentRefs = [new ParentReference(Pick(random))],
        Hostnames = [$"{Pick(random)}.example.org"],
        Rules = [new GrpcRouteRule { BackendRefs = [Backend(Pick(random))] }],
    };

    private static TrafficPolicy RandomTraffic(string name, Random random)
    {
        string[] kinds = ["Gateway", "ListenerSet", "HTTPRoute", "GRPCRoute", "Service"];
        var policy = ForTraffic(name, [.. Enumerable.Range(0, random.Next(3)).Select(_ => Target(kinds[random.Next(kinds.Length)], Pick(random), random.Next(3) switch { 0 => "rule", 1 => "second", _ => null }))]);
        if (random.Next(4) == 0)
            policy = policy.Selecting(kinds[random.Next(4)], "tier", Pick(random));
        policy = policy.Created(random.Next(3), random.Next(4) == 0 ? random.Next(3).ToString(CultureInfo.InvariantCulture) : null);
        if (random.Next(2) == 0)
            policy = random.Next(3) == 0 ? policy.NotBuffering() : policy.Buffering(random.Next(3));
        if (random.Next(2) == 0)
            policy = policy.Limiting(random.Next(1, 3));
        if (random.Next(3) == 0)
            policy = policy with { Fields = [.. policy.Fields, "basicAuth"], BasicAuth = new BasicAuthPolicy { SecretRef = new SecretKeyReference { Name = Pick(random), Namespace = random.Next(3) == 0 ? "other" : null } } };
        if (random.Next(3) == 0)
            policy = policy with { Fields = [.. policy.Fields, "jwtAuth"], JwtAuth = new JwtAuthPolicy { ExtensionRef = new ExtensionReference { Name = Pick(random) } } };
        if (random.Next(3) == 0)
            policy = policy with { Fields = [.. policy.Fields, "acl"], Acl = new AclPolicy { DefaultAction = "deny", Rules = [new AclRule { Cidrs = [$"10.{random.Next(3)}.0.0/16"], Action = "allow" }] } };
        return random.Next(6) == 0 ? policy with { Metadata = policy.Metadata with { Namespace = "other" } } : policy;
    }

    private static GatewayExtension RandomExtension(string name, Random random) => new()
    {
        Metadata = Meta(name),
        Fields = ["jwt"],
        Jwt = new JwtProviders
        {
            Providers = [new JwtProvider { Name = "idp", Jwks = new JwksSource { Remote = new RemoteJwks { Url = "https://idp.example/keys", BackendRef = random.Next(2) == 0 ? Backend(Pick(random)) : Backend(Pick(random)) with { Group = GatewayApiGroup.Kgateway, Kind = "Backend" } } } }],
        },
    };

    private static Backend RandomBackend(string name, Random random) => random.Next(4) == 0
        ? new Backend { Metadata = Meta(name), Fields = ["gcp"], Gcp = new GcpBackend { Host = "run.example" } }
        : new Backend { Metadata = Meta(name), Fields = ["static"], Static = new StaticBackend { Hosts = [new StaticHost { Host = "10.9.9.9", Port = 80 + random.Next(2) }], AppProtocol = random.Next(3) == 0 ? "http2" : null } };

    private static PolicyTargetReference RandomBackendTarget(Random random) =>
        random.Next(2) == 0 ? new PolicyTargetReference("", "Service", Pick(random)) : new PolicyTargetReference(GatewayApiGroup.Kgateway, "Backend", Pick(random));

    private static ListenerSettings RandomListener(Random random) => random.Next(3) == 0
        ? new ListenerSettings { ClientCertificateValidation = new ClientCertificatePolicy() }
        : new ListenerSettings { PerConnectionBufferLimitBytes = random.Next(1, 9) };

    private static Layer4RouteRule NoRule { get; } = new() { BackendRefs = [] };

    private static Layer4Route RandomStream(string name, Random random, Layer4Route route) => route with
    {
        ParentRefs = [new ParentReference(Pick(random)), new ParentReference(Pick(random), SectionName: "stream")],
        Metadata = Meta(name) with { CreationTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(random.Next(3)) },
        Rule = new Layer4RouteRule { BackendRefs = [Backend(Pick(random)), Backend(Pick(random), 81, random.Next(4) == 0 ? "other" : null)] },
    };

    private static Resources.Core.Service RandomService(string name, Random random)
    {
        var service = Service(name, Space, random.Next(2) == 0 ? [80] : [80, 81]);
        return random.Next(6) switch
        {
            0 => service with { Ports = [new Resources.Core.ServicePort("", 80, Protocol: "UDP")] },
            1 => service with { Ports = [new Resources.Core.ServicePort("", 80, AppProtocol: "https")] },
            2 => service with { Metadata = Meta(name) with { Annotations = new Dictionary<string, string> { [Resources.Core.Service.ProxyProtocolAnnotation] = random.Next(2) == 0 ? "v1" : "v3" } } },
            _ => service,
        };
    }

    private static BackendTlsPolicy RandomPolicy(string name, Random random) =>
        Policy(name, Pick(random), random.Next(3) == 0 ? null : Pick(random), $"h{random.Next(3)}", random.Next(3) == 0 ? "p80" : null) with
        {
            Metadata = Meta(name, generation: random.Next(1, 3)) with { CreationTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(random.Next(3)) },
        };

    private static string Pick(Random random) => string.Create(CultureInfo.InvariantCulture, $"n{random.Next(Names)}");

    private static string Describe(TranslationResult result)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            StatusJson.Write(writer, result);
            foreach (var configuration in result.Configurations)
                ConfigurationJson.Write(writer, configuration);
            writer.WriteEndArray();
        }
        using var document = JsonDocument.Parse(stream.ToArray());
        return ReadableJson.Format(document.RootElement);
    }
}
