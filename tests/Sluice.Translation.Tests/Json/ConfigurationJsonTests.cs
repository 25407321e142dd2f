using System.Text;
using System.Text.Json;
using Sluice.Configuration.Json;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Json;

public sealed class ConfigurationJsonTests
{
    private const string Empty = """{"gateway":"a/b","addresses":[],"listeners":[],"rules":[],"clusters":[]}""";

    [Fact]
    public void Read_WhatWasWritten_SharesRulesAgain()
    {
        var rule = Rule("/a", Backend("web")) with { Matches = [new() { PathValue = "/a" }, new() { PathValue = "/b" }] };
        var configuration = new Translator(new TranslatorOptions()).Translate(Snapshot(Class(), Gateway("gw"), Route("web", "gw", rule), Service("web"))).Configurations[0];

        var read = ConfigurationJson.Read(ConfigurationJson.ToBytes(configuration, Secrets.Included));

        var routes = read.Listeners[0].VirtualHosts[0].Routes;
        Assert.Equal(2, routes.Count);
        Assert.Same(routes[0].Rule, routes[1].Rule);
    }

    [Fact]
    public void Read_Empty_IsAConfiguration() => Assert.Equal("a/b", ConfigurationJson.Read(Encoding.UTF8.GetBytes(Empty)).Gateway);

    [Theory]
    [InlineData("\"gateway\":\"a/b\",", "", "\"gateway\" is missing")]
    [InlineData("\"addresses\":[]", "\"addresses\":[1]", null)]
    [InlineData("\"listeners\":[]", "\"listeners\":{}", "\"listeners\" must be a list")]
    [InlineData("\"listeners\":[]", "\"listeners\":[{\"name\":\"x\",\"port\":\"80\"}]", "\"port\" must be a whole number")]
    [InlineData("\"listeners\":[]", "\"listeners\":[{\"name\":\"x\",\"port\":80,\"bindPort\":80,\"protocol\":\"Smtp\"}]", "\"protocol\" must be one of Http")]
    [InlineData("\"clusters\":[]", "\"clusters\":[1]", "an object with \"name\" was expected, not Number")]
    [InlineData("\"rules\":[]", "\"rules\":[{\"route\":\"r\",\"index\":0,\"action\":{\"type\":\"Dance\"}}]", "\"type\" must be one of Forward, Redirect, DirectResponse")]
    [InlineData("}", "", null)]
    public void Read_SomethingElse_NamesTheMember(string part, string replacement, string? message)
    {
        var bytes = Encoding.UTF8.GetBytes(Empty.Replace(part, replacement, StringComparison.Ordinal));

        var error = Assert.ThrowsAny<Exception>(() => ConfigurationJson.Read(bytes));

        Assert.IsType<JsonException>(error, exactMatch: false);
        if (message is not null)
            Assert.StartsWith(message, error.Message);
    }
}
