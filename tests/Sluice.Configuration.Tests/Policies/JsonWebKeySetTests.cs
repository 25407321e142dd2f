using System.Text;
using Sluice.Configuration.Policies.Jwks;

namespace Sluice.Configuration.Tests.Policies;

public sealed class JsonWebKeySetTests
{
    private const string Good = """{"kty":"EC","crv":"P-256","kid":"good","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    [Fact]
    public void Parse_PassesOverWhatIsNotForSignatures()
    {
        var problems = new List<string>();

        var keys = Parse($$"""{"keys":[{"kty":"RSA","use":"enc"},{{Good}},{"kty":"EC","key_ops":["sign"]}],"more":1}""", problems);

        Assert.Empty(problems);
        Assert.Equal((JsonWebKeyType.P256, "good"), (Assert.Single(keys).Type, keys[0].Id));
    }

    [Theory]
    [InlineData("""{"kty":"oct","k":"AA"}""", "only public keys are used")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"AA"}""", "(EdDSA) is not supported")]
    [InlineData("""{"kty":"EC","crv":"secp256k1"}""", "none of P-256")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}""", "must be 48 octets")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU=","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""", "must be 32 octets")]
    [InlineData("""{"kty":"RSA","n":"AQAB"}""", "needs \"n\" and \"e\"")]
    [InlineData("""{"kty":"RSA","n":"_____w","e":"AQAB"}""", "an RSA key of 32 bits is not used")]
    [InlineData("""{"kty":"RSA","d":"AQAB"}""", "it is a private key")]
    [InlineData("""{"kty":7}""", "\"kty\" is missing")]
    [InlineData("""{"kty":"DSA","kid":"old"}""", "keys[1] (kid \"old\"): kty \"DSA\" is none")]
    [InlineData("7", "an object is needed")]
    public void Parse_AKeyThatCannotBeUsed_IsReported_AndTheOthersStay(string key, string expected)
    {
        var problems = new List<string>();

        Assert.Single(Parse($$"""{"keys":[{{Good}},{{key}}]}""", problems));

        Assert.Contains(expected, Assert.Single(problems));
    }

    [Fact]
    public void Parse_RsaExponentsThatOnlyCostTime_AreRefused()
    {
        string modulus = Convert.ToBase64String([0x80, .. new byte[254], 1]).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        foreach (string exponent in new[] { "AQ", "AAAA", "Ag", "AQAAAAE" })
        {
            var problems = new List<string>();
            Assert.Single(Parse($$"""{"keys":[{{Good}},{"kty":"RSA","n":"{{modulus}}","e":"{{exponent}}"}]}""", problems));
            Assert.Contains("must be odd", Assert.Single(problems));
        }
        Assert.Equal(2, Parse($$"""{"keys":[{{Good}},{"kty":"RSA","n":"{{modulus}}","e":"Aw"}]}""", []).Count);
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("[]", "a list \"keys\"")]
    [InlineData("""{"keys":{}}""", "a list \"keys\"")]
    [InlineData("""{"keys":[]}""", "it is empty")]
    [InlineData("""{"keys":[{"kty":"oct"}]}""", "no key for signatures: keys[0]: kty \"oct\"")]
    public void Parse_WhatIsNoKeySet_Fails(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Parse(json, [])).Message);

    [Fact]
    public void Parse_TooMuch_Fails()
    {
        Assert.Contains("262145 octets", Assert.Throws<FormatException>(() => JsonWebKeySet.Parse(new byte[JsonWebKeySet.MaxBytes + 1], [])).Message);
        Assert.Contains("101 keys", Assert.Throws<FormatException>(() => Parse($$"""{"keys":[{{string.Join(',', Enumerable.Repeat(Good, 101))}}]}""", [])).Message);
        Assert.Contains("no JSON", Assert.Throws<FormatException>(() => Parse(new string('[', 1000), [])).Message);
    }

    private static IReadOnlyList<JsonWebKey> Parse(string json, List<string> problems) => JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(json), problems);
}
