using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Translation.Tests.Support;

namespace Sluice.Translation.Tests.Conformance;

/// <summary>What the suite expects of the statuses of TLSRoutes, TCPRoutes, UDPRoutes and BackendTLSPolicies.</summary>
public sealed class StreamStatusTests
{
    [Theory]
    [InlineData("TLSRouteSimpleSameNamespace", "TLSRoute", "gateway-conformance-infra-test", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("TLSRouteInvalidBackendRefUnknownKind", "TLSRoute", "invalid-backend-ref-unknown-kind", "True/Accepted", "False/InvalidKind")]
    [InlineData("TLSRouteInvalidNoMatchingListenerHostname", "TLSRoute", "tlsroute-hostname-mismatch-1", "False/NoMatchingListenerHostname", null)]
    [InlineData("TLSRouteInvalidNoMatchingListenerHostname", "TLSRoute", "tlsroute-hostname-mismatch-2", "False/NoMatchingListenerHostname", null)]
    [InlineData("TLSRouteInvalidNoMatchingListener", "TLSRoute", "tlsroute-not-allowed-protocol-http", "False/NotAllowedByListeners", null)]
    [InlineData("TLSRouteInvalidNoMatchingListener", "TLSRoute", "tlsroute-not-allowed-protocol-https", "False/NotAllowedByListeners", null)]
    [InlineData("TLSRouteInvalidNoMatchingListener", "TLSRoute", "tlsroute-no-matching-section-name", "False/NoMatchingParent", null)]
    [InlineData("TCPRouteInvalidBackendRefNonexistent", "TCPRoute", "tcp-route-invalid-backend-ref-nonexistent", "True/Accepted", "False/BackendNotFound")]
    [InlineData("TCPRouteMultipleRoutesAttachment", "TCPRoute", null, "True/Accepted", "True/ResolvedRefs")]
    [InlineData("TCPRouteParentRefAttachAll", "TCPRoute", "tcp-route-attach-all", "True/Accepted", null)]
    [InlineData("TCPRouteParentRefPortAndSectionName", "TCPRoute", null, "True/Accepted", null)]
    [InlineData("TCPRouteReferenceGrant", "TCPRoute", "tcp-reference-grant", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("TCPRouteWeightedRouting", "TCPRoute", "tcp-weighted-route", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("UDPRoute", "UDPRoute", "udp-coredns", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("UDPRouteInvalidBackendRefNonexistent", "UDPRoute", "udp-route-invalid-backend-ref-nonexistent", null, "False/BackendNotFound")]
    [InlineData("UDPRouteInvalidCrossNamespaceBackendRef", "UDPRoute", "udp-route-invalid-cross-namespace-backend-ref", "True/Accepted", "False/RefNotPermitted")]
    [InlineData("UDPRouteMultipleRoutesAttachment", "UDPRoute", null, "True/Accepted", "True/ResolvedRefs")]
    [InlineData("UDPRouteNotAllowedByListeners", "UDPRoute", "udproute-not-allowed-by-listeners", "False/NotAllowedByListeners", null)]
    [InlineData("UDPRouteParentRefAttachAllListeners", "UDPRoute", "udp-route-attach-all", "True/Accepted", null)]
    [InlineData("UDPRouteWeightedRouting", "UDPRoute", "udp-weighted-route", "True/Accepted", "True/ResolvedRefs")]
    public void Route_OfTheSuite_SaysWhatIsExpected(string test, string kind, string? name, string? accepted, string? resolved)
    {
        var result = Translate(test);

        var routes = result.Routes.Where(route => route.Kind == kind && (name is null || route.Key.Name == name)).ToList();

        Assert.NotEmpty(routes);
        foreach (var parent in routes.SelectMany(route => route.Status.Parents))
        {
            if (accepted is not null)
                Assert.Equal(accepted, parent.Conditions.Says("Accepted"));
            if (resolved is not null)
                Assert.Equal(resolved, parent.Conditions.Says("ResolvedRefs"));
            Assert.Equal("Gateway", parent.ParentRef.Kind);
        }
    }

    [Theory]
    [InlineData("UDPRouteParentRefAttachAllListeners", "udp-attach-all-listeners-gateway", "UDPRoute", 1)]
    [InlineData("TLSRouteInvalidNoMatchingListenerHostname", "gateway-tls-exact-hostname", "TLSRoute", 0)]
    public void Listener_OfTheSuite_CountsItsRoutes(string test, string gateway, string kind, int routes)
    {
        var listeners = Translate(test).Gateway(gateway).Listeners;

        Assert.All(listeners, listener => Assert.Equal(routes, listener.AttachedRoutes));
        Assert.All(listeners, listener => Assert.Contains(listener.SupportedKinds, supported => supported.Kind == kind));
    }

    [Theory]
    [InlineData("BackendTLSPolicyConflictResolution", "conflicted-without-section-name-1", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("BackendTLSPolicyConflictResolution", "conflicted-without-section-name-2", "False/Conflicted", "True/ResolvedRefs")]
    [InlineData("BackendTLSPolicyConflictResolution", "conflicted-with-section-name-1", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("BackendTLSPolicyConflictResolution", "conflicted-with-section-name-2", "False/Conflicted", "True/ResolvedRefs")]
    [InlineData("BackendTLSPolicyConflictResolution", "not-conflicted-with-section-name", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("BackendTLSPolicyConflictResolution", "not-conflicted-without-section-name", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("BackendTLSPolicyInvalidCACertificateRef", "nonexistent-ca-certificate-ref", "False/NoValidCACertificate", "False/InvalidCACertificateRef")]
    [InlineData("BackendTLSPolicyInvalidCACertificateRef", "malformed-ca-certificate-ref", "False/NoValidCACertificate", "False/InvalidCACertificateRef")]
    [InlineData("BackendTLSPolicyInvalidKind", "invalid-kind", "False/NoValidCACertificate", "False/InvalidKind")]
    [InlineData("BackendTLSPolicySANValidation", "san-dns", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("BackendTLSPolicySANValidation", "multiple-mismatch-sans", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("BackendTLSPolicy", "normative-test", "True/Accepted", "True/ResolvedRefs")]
    [InlineData("BackendTLSPolicy", "host-mismatch", "True/Accepted", "True/ResolvedRefs")]
    public void Policy_OfTheSuite_SaysWhatIsExpected(string test, string name, string accepted, string resolved)
    {
        var ancestors = Translate(test).BackendTlsPolicies[new NamespacedName(Suite.Infra, name)].Ancestors;

        Assert.Contains(ancestors, ancestor => ancestor.AncestorRef is { Kind: "Gateway", Namespace: Suite.Infra, Name: "same-namespace" });
        foreach (var ancestor in ancestors)
        {
            Assert.Equal(accepted, ancestor.Conditions.Says("Accepted"));
            Assert.Equal(resolved, ancestor.Conditions.Says("ResolvedRefs"));
        }
    }

    [Fact]
    public void Policy_OfAServiceThatTwoGatewaysUse_HasBothAsAncestors()
    {
        var ancestors = Translate("BackendTLSPolicy").BackendTlsPolicies[new NamespacedName(Suite.Infra, "normative-test")].Ancestors;

        Assert.Equal(["same-namespace", "same-namespace-with-https-listener"], ancestors.Select(ancestor => ancestor.AncestorRef.Name));
    }

    // The suite makes the authorities itself.
    private static TranslationResult Translate(string test)
    {
        Suite.Require();
        var snapshot = Suite.Load(Suite.Manifests(test));
        foreach (var name in (string[])["tls-checks-ca-certificate", "mismatch-ca-certificate"])
        {
            var map = new ConfigMap { Metadata = Build.Meta(name, Suite.Infra), Data = new Dictionary<string, string> { ["ca.crt"] = Authorities.One } };
            if (!snapshot.ConfigMaps.ContainsKey(map.Key))
                snapshot = snapshot.With(map);
        }
        return Suite.Translate(snapshot);
    }
}
