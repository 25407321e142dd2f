using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Tests.Cel;

public sealed class CelProgramTests
{
    [Fact]
    public void References_OfAnExpression_AreWhatItMayRead()
    {
        var program = Compile("request.method == 'GET' && request.headers['x-user'] != '' && has(jwt.sub) && 'host' in request.headers && jwt[request.method] == 1");

        Assert.Equal(
            ["request.method", "request.headers x-user", "jwt sub", "request.headers host", "jwt"],
            program.References.Select(reference => $"{reference.Attribute.Path} {reference.Key}".TrimEnd()));
        Assert.True(program.Uses(TestVariables.Environment.Find("jwt")!.Index));
        Assert.False(program.Uses(TestVariables.Environment.Find("source.port")!.Index));
    }

    [Fact]
    public void Evaluate_Headers_AsksForEntriesOnly()
    {
        var variables = new TestVariables();

        Assert.True(Compile("request.headers['host'].endsWith('.com') && 'x-user' in request.headers && has(request.headers.authorization)").IsTrue(variables, out _));
        Assert.Equal((0, 3), (variables.Gets, variables.Entries));
    }

    [Fact]
    public void Evaluate_DecidedOperand_AsksForNothingMore()
    {
        var variables = new TestVariables();

        Assert.False(Compile("request.method == 'POST' && request.path == '/' && jwt.sub == 'x'").IsTrue(variables, out _));
        Assert.Equal((1, 0), (variables.Gets, variables.Entries));
    }

    [Theory]
    [InlineData("request.method == 'GET' && request.path.startsWith('/api') && request.headers['host'].endsWith('example.com')")]
    [InlineData("request.path.matches('^/api/v[0-9]+/') && !(request.method in ['POST', 'PUT'])")]
    [InlineData("cidr('10.0.0.0/8').containsIP(source.address) && request.size < 2000 && source.port != 80")]
    [InlineData("request.path.substring(1, 4) == 'api' && size(request.path) > 3 && request.time.getHours() >= 7")]
    [InlineData("names.exists(n, n == 'bob') && names.all(n, n < 'z') && has(request.headers.authorization)")]
    [InlineData("jwt.sub == 'alice' && 'ops' in jwt.groups && request.method.lowerAscii() != 'get' || request.path.contains('users')")]
    [InlineData("jwt.nobody == 'x' || 1 / (request.size - 1500) == 2 || connection.mtls")]
    public void IsTrue_ConditionOverStrings_AllocatesNothing(string expression)
    {
        var program = Compile(expression);
        var variables = new QuietVariables();
        for (var i = 0; i < 50; i++)
            Assert.True(program.IsTrue(variables, out _));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var isTrue = true;
        for (var i = 0; i < 1000; i++)
            isTrue &= program.IsTrue(variables, out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(isTrue);
        // lowerAscii has to write what it changes: one string of 3 bytes, and no more.
        Assert.InRange(allocated, 0, expression.Contains("lowerAscii", StringComparison.Ordinal) ? 32_000 : 0);
    }

    [Fact]
    public unsafe void Evaluate_TextOutsideOfTheHeap_IsReadInPlace()
    {
        var text = "/api/orders"u8.ToArray();
        fixed (byte* pointer = text)
        {
            var variables = new OneVariable(CelValue.Utf8(pointer, text.Length));
            var program = CelProgram.TryCompile("value.substring(5)", OneVariable.Environment, null, out _);

            var value = program!.Evaluate(variables);
            Assert.Equal("'orders'", value.ToString());
            var kept = value.Detached();
            text[5] = (byte)'O';
            Assert.Equal("'Orders'", value.ToString());
            Assert.Equal("'orders'", kept.ToString());
        }
    }

    [Fact]
    public void Evaluate_ByManyThreads_GivesTheSame()
    {
        var program = Compile("names.map(n, n + request.method).filter(n, n.startsWith('b')) == ['bobGET']");

        Assert.All(Enumerable.Range(0, 8).AsParallel().Select(thread => Enumerable.Range(0, 200).All(turn => program.IsTrue(new TestVariables(), out _))).ToArray(), Assert.True);
    }

    [Fact]
    public void Environments_OfTheProducts_HaveEachAttributeAtItsNumber()
    {
        Assert.Equal(Enum.GetValues<EnvoyAttribute>().Length, EnvoyEnvironment.Instance.Attributes.Count);
        Assert.Equal((int)EnvoyAttribute.RequestHeaders, EnvoyEnvironment.Instance.Find("request.headers")!.Index);
        Assert.Equal((int)EnvoyAttribute.FilterMetadata, EnvoyEnvironment.Instance.Find("metadata.filter_metadata")!.Index);
        Assert.Equal(Enum.GetValues<AgentAttribute>().Length, AgentEnvironment.Instance.Attributes.Count);
        Assert.Equal((int)AgentAttribute.Jwt, AgentEnvironment.Instance.Find("jwt")!.Index);
        Assert.Equal((int)AgentAttribute.Env, AgentEnvironment.Instance.Find("env")!.Index);
    }

    [Theory]
    [InlineData("request.headers['x-role'] == 'admin' && request.url_path.startsWith('/admin') && source.port < 1024")]
    [InlineData("metadata.filter_metadata['envoy.filters.http.jwt_authn']['payload']['sub'] == 'alice'")]
    [InlineData("connection.mtls && connection.uri_san_peer_certificate.startsWith('spiffe://')")]
    public void TryCompile_PoliciesOverEnvoysAttributes_AreRight(string expression)
    {
        Assert.True(CelProgram.TryCompile(expression, EnvoyEnvironment.Instance, CelType.Bool, out var error) is not null, error?.ToString());
    }

    [Theory]
    [InlineData("jwt.sub == 'alice' && 'admin' in jwt.groups && mcp.tool.name == 'echo'")]
    [InlineData("source.identity.namespace == 'default' && llm.totalTokens > 100")]
    [InlineData("json(request.body).model.startsWith('gpt') || request.headers['x-team'] == apiKey.name")]
    public void TryCompile_PoliciesOverAgentgatewaysVariables_AreRight(string expression)
    {
        Assert.True(CelProgram.TryCompile(expression, AgentEnvironment.Instance, CelType.Bool, out var error) is not null, error?.ToString());
    }

    private static CelProgram Compile(string expression)
    {
        var program = CelProgram.TryCompile(expression, TestVariables.Environment, CelType.Bool, out var error);
        Assert.True(program is not null, error?.ToString());
        return program;
    }
}
