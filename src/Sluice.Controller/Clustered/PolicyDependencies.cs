using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies;
using Sluice.Resources.Policies.Backends;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Sluice.Resources.Policies.Listeners;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Controller.Clustered;

/// <summary>The Secrets, ConfigMaps and Services that a policy, a Backend or a GatewayExtension names.</summary>
internal static class PolicyDependencies
{
    public static IEnumerable<(string Kind, NamespacedName Key)> Of(PolicyObject value)
    {
        var space = value.Metadata.Namespace;
        return value switch
        {
            TrafficPolicy policy => Secrets(policy).Select(secret => (ReferencedObjects.Secret, new NamespacedName(secret.Namespace ?? space, secret.Name))),
            ListenerPolicy policy => policy.PerPort.Select(port => port.Listener).Append(policy.Default).OfType<ListenerSettings>().SelectMany(listener => OfListener(listener, space)),
            HttpListenerPolicy policy => OfHttp(policy.Settings).SelectMany(reference => Service(reference, space)),
            BackendConfigPolicy policy => LocalSecret(policy.Tls?.SecretRef, space).Concat(policy.TargetRefs.SelectMany(target => Service(target, space))),
            Backend backend => LocalSecret(backend.Aws?.Auth?.SecretRef, space),
            GatewayExtension extension => OfExtension(extension, space),
            _ => [],
        };
    }

    private static IEnumerable<SecretKeyReference> Secrets(TrafficPolicy policy)
    {
        if (policy.BasicAuth?.SecretRef is { } users)
            yield return users;
        if (policy.ApiKeyAuth?.SecretRef is { } keys)
            yield return keys;
        foreach (var rules in (HeaderRules?[])[policy.HeaderModifiers?.Request, policy.HeaderModifiers?.Response])
        {
            foreach (var header in rules is null ? [] : rules.Set.Concat(rules.Add))
            {
                if (header.SecretRef is { } value)
                    yield return value;
            }
        }
    }

    private static IEnumerable<(string Kind, NamespacedName Key)> OfListener(ListenerSettings listener, string space)
    {
        foreach (var reference in listener.ClientCertificateValidation?.CaCertificateRefs ?? [])
        {
            if (reference is { Group: "", Kind: ReferencedObjects.Secret or ReferencedObjects.ConfigMap })
                yield return (reference.Kind, new NamespacedName(reference.Namespace ?? space, reference.Name));
        }

        foreach (var service in OfHttp(listener.HttpSettings).SelectMany(reference => Service(reference, space)))
            yield return service;
    }

    private static IEnumerable<BackendObjectReference> OfHttp(HttpSettings? settings)
    {
        if (settings?.Tracing is { } tracing)
            yield return tracing.Provider.OpenTelemetry.GrpcService.BackendRef;
        foreach (var log in settings?.AccessLog ?? [])
        {
            if (log.GrpcService is { } grpc)
                yield return grpc.BackendRef;
            if (log.OpenTelemetry is { } telemetry)
                yield return telemetry.GrpcService.BackendRef;
        }
    }

    private static IEnumerable<(string Kind, NamespacedName Key)> OfExtension(GatewayExtension extension, string space)
    {
        BackendObjectReference?[] backends =
        [
            extension.ExtAuth?.GrpcService?.BackendRef, extension.ExtAuth?.HttpService?.BackendRef, extension.ExtProc?.GrpcService.BackendRef,
            extension.RateLimit?.GrpcService.BackendRef, extension.RateLimitQuota?.GrpcService.BackendRef, extension.OAuth2?.BackendRef, extension.OAuth2?.Jwt?.JwksBackendRef,
        ];
        foreach (var service in backends.SelectMany(reference => Service(reference, space)))
            yield return service;
        if (extension.OAuth2 is { } oauth)
            yield return (ReferencedObjects.Secret, new NamespacedName(space, oauth.Credentials.ClientSecretRef.Name));
        foreach (var provider in extension.Jwt?.Providers ?? [])
        {
            if (provider.Jwks.Local?.ConfigMapRef is { } keys)
                yield return (ReferencedObjects.ConfigMap, new NamespacedName(space, keys.Name));
            foreach (var service in Service(provider.Jwks.Remote?.BackendRef, space))
                yield return service;
        }
    }

    private static IEnumerable<(string Kind, NamespacedName Key)> LocalSecret(LocalSecretReference? reference, string space) =>
        reference is null ? [] : [(ReferencedObjects.Secret, new NamespacedName(space, reference.Name))];

    private static IEnumerable<(string Kind, NamespacedName Key)> Service(BackendObjectReference? reference, string space) =>
        reference is { Group: "", Kind: ReferencedBackends.Service } ? [(ReferencedBackends.Service, new NamespacedName(reference.Namespace ?? space, reference.Name))] : [];

    private static IEnumerable<(string Kind, NamespacedName Key)> Service(PolicyTargetReference target, string space) =>
        target is { Group: "", Kind: ReferencedBackends.Service } ? [(ReferencedBackends.Service, new NamespacedName(space, target.Name))] : [];
}
