using Sluice.Configuration.Policies;
using Sluice.Resources.Policies.Traffic;
using Sluice.Translation.Policies.Traffic;
using BodySpec = Sluice.Resources.Policies.Traffic.BodyTransformation;
using CompressionSpec = Sluice.Resources.Policies.Traffic.CompressionPolicy;
using MessageSpec = Sluice.Resources.Policies.Traffic.MessageTransformation;
using MetadataSpec = Sluice.Resources.Policies.Traffic.MetadataTemplate;
using TransformationSpec = Sluice.Resources.Policies.Traffic.TransformationPolicy;

namespace Sluice.Translation.Tests.Policies.Traffic;

/// <summary>TrafficPolicy.spec.transformation and .compression as records of the contract, and what is reported of them.</summary>
public sealed class BodyPolicyCompilerTests
{
    [Fact]
    public void Transformation_IsTakenOver()
    {
        var surroundings = new NotedSurroundings();
        var compiled = TransformationCompiler.Compile(
            new TransformationSpec
            {
                Request = new MessageSpec
                {
                    Set = [new HttpTemplate { Name = ":path", Value = "/{{ a }}" }, new HttpTemplate { Name = "x-none" }],
                    Add = [new HttpTemplate { Name = "x-b", Value = "{{ env('ANY') }}" }],
                    Remove = ["x-c"],
                    Body = new BodySpec { ParseAs = "AsJson", Value = "{{ context() }}" },
                    DynamicMetadata = [new MetadataSpec { Key = "k", Value = new MetadataValue { StringValue = "v" } }, new MetadataSpec { Namespace = "n", Key = "k", Value = new MetadataValue { StringValue = "w" } }],
                },
            },
            surroundings,
            "transformation");

        Assert.Empty(surroundings.Problems);
        Assert.Null(compiled!.Response);
        var request = compiled.Request!;
        Assert.Equal([new HeaderTemplate(":path", "/{{ a }}"), new HeaderTemplate("x-none", "")], request.Set);
        Assert.Equal([new HeaderTemplate("x-b", "{{ env('ANY') }}")], request.Add);
        Assert.Equal(["x-c"], request.Remove);
        Assert.Equal(new Configuration.Policies.BodyTransformation(BodyParsing.AsJson, "{{ context() }}"), request.Body);
        Assert.Equal(["transformation", "n"], request.DynamicMetadata.Select(entry => entry.Namespace));
    }

    [Theory]
    [InlineData("x-a", "line 1\n{{ header(", "set[0].value: line 2, column 11: the template ends within braces: \"}}\" is missing")]
    [InlineData("x-a", "{{ x|uper }}", "set[0].value: line 1, column 6: there is no filter \"uper\": did you mean \"upper\"?")]
    [InlineData("x-a", "{{ body() }}", "set[0].value: body() needs the body: set body.parseAs to AsString or AsJson")]
    [InlineData("x-a", "{{ context() }}", "set[0].value: context() needs the body: set body.parseAs to AsString or AsJson")]
    [InlineData("x a", "1", "set[0].name: \"x a\" is no name of a header: write letters, digits and \"-\"")]
    [InlineData("Content-Length", "1", "set[0].name: \"Content-Length\" belongs to a connection or frames the message: the proxy writes it itself")]
    [InlineData(":scheme", "1", "set[0].name: \":scheme\" is no pseudo header that can be changed here: there is :status")]
    [InlineData(":path", "/", "set[0].name: \":path\" is no pseudo header that can be changed here: there is :status")]
    public void Mistake_IsReportedWithItsField_AndPublished(string name, string value, string expected)
    {
        var surroundings = new NotedSurroundings();
        var compiled = TransformationCompiler.Compile(
            new TransformationSpec { Response = new MessageSpec { Set = [new HttpTemplate { Name = name, Value = value }] } }, surroundings, "transformation");

        Assert.Equal(["transformation.response." + expected], surroundings.Problems);
        Assert.Equal(value, compiled!.Response!.Set.Single().Value);
    }

    [Fact]
    public void OtherMistakes_AreReported()
    {
        var surroundings = new NotedSurroundings();
        TransformationCompiler.Compile(
            new TransformationSpec { Request = new MessageSpec { Remove = [.. Enumerable.Range(0, 17).Select(i => $"x-{i}")], Body = new BodySpec { ParseAs = "AsXml", Value = "x" } } }, surroundings, "t");
        TransformationCompiler.Compile(new TransformationSpec { Request = new MessageSpec { Set = [new HttpTemplate { Name = "X-Forwarded-For", Value = "1" }], Remove = ["x-forwarded-for"] } }, surroundings, "t");
        TransformationCompiler.Compile(new TransformationSpec { Request = new MessageSpec { Body = new BodySpec { Value = "{{ context() }}" } } }, surroundings, "t");

        Assert.Equal(
            [
                "t.request.body.parseAs: \"AsXml\" is no way to parse a body: there are AsString, AsJson and None",
                "t.request.remove: there are 17 entries: at most 16 are allowed",
                "t.request.set[0].name: \"X-Forwarded-For\" tells backends about the client: the proxy writes it when it forwards; a RequestHeaderModifier filter of the route can replace it",
                "t.request.body.value: context() needs JSON: set body.parseAs to AsJson",
            ],
            surroundings.Problems);
    }

    [Fact]
    public void Compression_HasGzipByDefault_AndReportsWhatIsNotThere()
    {
        var surroundings = new NotedSurroundings();
        var spec = new CompressionSpec
        {
            ResponseCompression = new CompressionSettings(),
            RequestDecompression = new CompressionSettings { Libraries = ["Brotli", "Zstd", "Gzip", "Gzip", "Snappy"] },
        };

        Assert.Equal([ContentCoding.Gzip], CompressionCompiler.CompileResponse(spec, surroundings, "compression")!.Codings);
        Assert.Equal([ContentCoding.Brotli, ContentCoding.Zstd, ContentCoding.Gzip], CompressionCompiler.CompileRequest(spec, surroundings, "compression")!.Codings);
        Assert.Equal(
            [
                "compression.requestDecompression.libraries[4]: \"Snappy\" is no compression library: there are Gzip, Brotli and Zstd",
            ],
            surroundings.Problems);

        var off = new CompressionSpec { ResponseCompression = new CompressionSettings { IsDisabled = true } };
        Assert.Null(CompressionCompiler.CompileResponse(off, surroundings, "compression"));
        Assert.Null(CompressionCompiler.CompileRequest(off, surroundings, "compression"));
    }
}
