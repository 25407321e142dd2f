using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Sluice.Translation.Policies.Traffic;
using Contract = Sluice.Configuration.Policies.OAuth2Policy;

namespace Sluice.Translation.Tests.Policies.Traffic;

public sealed class OAuth2CompilerTests
{
    private static readonly OAuth2Provider Provider = new()
    {
        BackendRef = new BackendObjectReference { Name = "idp", Port = 443 },
        IssuerUri = "https://idp.example.com",
        Credentials = new OAuth2Credentials { ClientId = "app", ClientSecretRef = new ClientSecretReference { Name = "login" } },
    };

    private readonly KnownSurroundings _surroundings = new() { Services = ["idp", "keys"] };
    private readonly Dictionary<string, byte[]> _secret = new() { ["client-secret"] = "sixteen-octets-and-more\n"u8.ToArray() };

    [Fact]
    public void Defaults_AreKgateways()
    {
        Contract policy = Compile(Provider);

        Assert.Empty(_surroundings.Problems);
        Assert.Equal(("auth/idp", "https://idp.example.com", "auth/idp:443", "app"), (policy.Name, policy.Issuer, policy.Cluster, policy.ClientId));
        Assert.Equal("sixteen-octets-and-more", policy.ClientSecret.Reveal());
        Assert.Null(policy.CookieSecret);
        Assert.Equal(("/logout", "/oauth2/redirect"), (policy.LogoutPath, OAuth2PolicyCheck.CallbackPath(policy)));
        Assert.Equal(["user"], policy.Scopes);
        Assert.Equal(new OAuth2CookieSettings(), policy.Cookies);
    }

    [Fact]
    public void EveryField_HasItsPlace()
    {
        _secret["hmac-secret"] = "another sixteen octets"u8.ToArray();
        Contract policy = Compile(Provider with
        {
            IssuerUri = null,
            AuthorizationEndpoint = "https://idp.example.com/a",
            TokenEndpoint = "https://idp.example.com/t",
            EndSessionEndpoint = "https://idp.example.com/e",
            RedirectUri = "https://app.example.com/back",
            LogoutPath = "/out",
            ForwardAccessToken = true,
            Scopes = ["openid", "email"],
            Cookies = new OAuth2Cookies
            {
                Domain = "example.com",
                Names = new OAuth2CookieNames { AccessToken = "at", IdToken = "it" },
                SameSite = "Strict",
                DisableIdTokenSetCookie = true,
                DisableRefreshTokenSetCookie = true,
            },
            DenyRedirect = new DenyRedirect { Headers = [new HeaderMatcher { Name = "X-Requested-With", Value = "XMLHttpRequest" }, new HeaderMatcher { Type = "RegularExpression", Name = "Accept", Value = ".*json" }] },
            Jwt = new OAuth2Jwt
            {
                JwksUri = "https://idp.example.com/k",
                JwksBackendRef = new BackendObjectReference { Name = "keys", Port = 80 },
                AccessToken = new Resources.Policies.Extensions.OAuth2TokenRules { Audiences = ["api"] },
                IdToken = new Resources.Policies.Extensions.OAuth2TokenRules { ClaimsToHeaders = [new Resources.Policies.Extensions.ClaimToHeader { Name = "sub", Header = "X-User" }] },
            },
        });

        Assert.Empty(_surroundings.Problems);
        Assert.Equal(("https://idp.example.com/a", "https://idp.example.com/t", "https://idp.example.com/e"), (policy.AuthorizationEndpoint, policy.TokenEndpoint, policy.EndSessionEndpoint));
        Assert.Equal(("https://app.example.com/back", "/out", true), (policy.RedirectUri, policy.LogoutPath, policy.ForwardAccessToken));
        Assert.Equal(["openid", "email"], policy.Scopes);
        Assert.Equal(new OAuth2CookieSettings { Domain = "example.com", AccessTokenName = "at", IdTokenName = "it", SameSite = OAuth2SameSite.Strict, DisableIdToken = true, DisableRefreshToken = true }, policy.Cookies);
        Assert.Equal([new ValueMatch("x-requested-with", ValueMatchType.Exact, "XMLHttpRequest"), new ValueMatch("accept", ValueMatchType.RegularExpression, ".*json")], policy.DenyRedirect);
        Assert.Equal(("https://idp.example.com/k", "auth/keys:80"), (policy.JwksUri, policy.JwksCluster));
        Assert.Equal(["api"], policy.AccessToken!.Audiences);
        Assert.Equal([new Configuration.Policies.ClaimToHeader("sub", "X-User")], policy.IdToken!.ClaimsToHeaders);
        Assert.Equal("another sixteen octets", policy.CookieSecret!.Reveal());
    }

    [Theory]
    [InlineData("extension", "oauth2.extensionRef")]
    [InlineData("no oauth2", "oauth2.extensionRef")]
    [InlineData("backend", "oauth2.backendRef")]
    [InlineData("secret", "oauth2.credentials.clientSecretRef")]
    [InlineData("key", "oauth2.credentials.clientSecretRef")]
    [InlineData("short", "oauth2.credentials.clientSecretRef")]
    [InlineData("sameSite", "oauth2.cookies.sameSite")]
    [InlineData("match", "oauth2.denyRedirect.headers")]
    [InlineData("issuer", "oauth2.issuerURI")]
    [InlineData("jwks", "oauth2.jwt.jwksBackendRef")]
    public void WhatCannotBeHad_IsReported(string what, string field)
    {
        OAuth2Provider provider = what switch
        {
            "backend" => Provider with { BackendRef = new BackendObjectReference { Name = "none" } },
            "secret" => Provider with { Credentials = Provider.Credentials with { ClientSecretRef = new ClientSecretReference { Name = "none" } } },
            "sameSite" => Provider with { Cookies = new OAuth2Cookies { SameSite = "Always" } },
            "match" => Provider with { DenyRedirect = new DenyRedirect { Headers = [new HeaderMatcher { Type = "Prefix", Name = "a", Value = "b" }] } },
            "issuer" => Provider with { IssuerUri = "idp" },
            "jwks" => Provider with { Jwt = new OAuth2Jwt { JwksBackendRef = new BackendObjectReference { Name = "none" } } },
            _ => Provider,
        };
        if (what == "key")
            _secret.Clear();
        if (what == "short")
            _secret["client-secret"] = "hush"u8.ToArray();

        Assert.Null(TryCompile(what == "no oauth2" ? null : provider, what == "extension" ? "other" : "idp"));

        Assert.Equal(field, Assert.Single(_surroundings.Problems).Field);
        Assert.DoesNotContain("hush", _surroundings.Problems[0].Message, StringComparison.Ordinal);
    }

    private Contract Compile(OAuth2Provider provider) => TryCompile(provider)!;

    private Contract? TryCompile(OAuth2Provider? provider, string name = "idp")
    {
        var meta = new ObjectMeta { Name = "idp", Namespace = "auth" };
        _surroundings.Extensions["auth/idp"] = new GatewayExtension { Metadata = meta, Fields = ["oauth2"], OAuth2 = provider };
        _surroundings.Known["auth/login"] = new Secret { Metadata = meta with { Name = "login" }, Data = _secret };
        return OAuth2Compiler.Compile(new Resources.Policies.Traffic.OAuth2Policy { ExtensionRef = new ExtensionReference { Name = name, Namespace = "auth" } }, _surroundings, "oauth2");
    }
}
