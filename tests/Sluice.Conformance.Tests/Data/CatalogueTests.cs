using Sluice.Conformance.Data;

namespace Sluice.Conformance.Tests.Data;

public sealed class CatalogueTests
{
    [Theory]
    [InlineData("GATEWAY-HTTP", 37, 57)]
    [InlineData("GATEWAY-GRPC", 15, 10)]
    [InlineData("GATEWAY-TLS", 20, 15)]
    [InlineData("GATEWAY-TCP", 19, 10)]
    [InlineData("GATEWAY-UDP", 20, 10)]
    [InlineData("MESH-HTTP", 7, 7)]
    [InlineData("MESH-GRPC", 2, 0)]
    public void Read_WithTheSuitesData_CountsWhatTheReleaseCounts(string profile, int core, int extended)
    {
        Assert.SkipUnless(Directory.Exists(Checkout.Data), "the conformance data does not lie beside the repository");
        var tests = Catalogue.Read(Checkout.Data).Where(entry => entry.Origin == TestOrigin.Suite).Select(entry => entry.Data).ToList();
        var counted = Profile.All.Single(candidate => candidate.Name == profile);

        Assert.Equal(153, tests.Select(test => test.Test).Distinct().Count());
        Assert.Equal(153, tests.Count);
        Assert.Equal(core, tests.Count(test => counted.IsCore(test) == true));
        Assert.Equal(extended, tests.Count(test => counted.IsCore(test) == false));
    }

    [Fact]
    public void Plan_NoFeatureClaimed_RunsNothing()
    {
        Assert.SkipUnless(Directory.Exists(Checkout.Data), "the conformance data does not lie beside the repository");

        Assert.All(Catalogue.Plan(Checkout.Data, []), test => Assert.True(test.Procedure is null && test.WhyNot is not null, test.Name));
    }

    [Fact]
    public void ReadOne_MemberThatNobodyChecks_IsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{"test":"A","cases":[{"expect":{"status":[200],"colour":"red"}}]}""");

            Assert.Contains("colour", Assert.Throws<UsageException>(() => ExpectationsFile.ReadOne(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("""{"request":{"scheme":"https"},"expect":{"status":[200]}}""")]
    [InlineData("""{"request":{"sni":"a"},"expect":{"status":[200]}}""")]
    [InlineData("""{"request":{"clientCert":"a"},"expect":{"status":[200]}}""")]
    [InlineData("""{"request":{"protocol":"QUIC"},"expect":{"status":[200]}}""")]
    [InlineData("""{"request":{"protocol":"H2 (ALPN)"},"expect":{"status":[200]}}""")]
    [InlineData("""{"request":{"followRedirects":true},"expect":{"status":[200]}}""")]
    [InlineData("""{"request":{"payload":"a"},"expect":{"status":[200]}}""")]
    [InlineData("""{"request":{"datagrams":2},"expect":{"status":[200]}}""")]
    [InlineData("""{"expect":{"transportError":true}}""")]
    [InlineData("""{"expect":{"status":[200],"welcomeLine":"a"}}""")]
    [InlineData("""{"expect":{"status":[200],"never":"a"}}""")]
    [InlineData("""{"request":{"protocol":"TCP"},"expect":{"anyDNSResponse":true}}""")]
    [InlineData("""{"expect":{}}""")]
    public void Check_CaseThatNoClientHonours_IsRefused(string item)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $$"""{"test":"A","cases":[{{item}}]}""");

            Assert.Throws<ConformanceException>(() => CaseSupport.Check(ExpectationsFile.ReadOne(file).Cases[0]));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
