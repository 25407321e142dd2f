using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "Required command")]
    [InlineData("no-such-command", "no-such-command")]
    [InlineData("version --output yaml", "--output is 'yaml'; it must be text or json.")]
    [InlineData("echo --port 70000", "--port is '70000'; it must be a port from 0 to 65535.")]
    [InlineData("echo --address here", "--address is 'here'; it must be an IP address")]
    [InlineData("install --namespace Sluice", "--namespace is 'Sluice'; it must be a DNS label")]
    [InlineData("install --image registry/", "--image is 'registry/'; it must be the name of an image")]
    [InlineData("install --replicas 0", "--replicas is '0'; it must be a number from 1 to 9.")]
    [InlineData("install --infrastructure vm", "--infrastructure is 'vm'; it must be kubernetes or host.")]
    [InlineData("install --address-pool 192.0.2.0/28", "--address-pool goes with --infrastructure host only")]
    [InlineData("install --infrastructure host --replicas 2", "--replicas is 1 with --infrastructure host")]
    [InlineData("install --exporter too", "--exporter is 'too'; it must be with or only.")]
    [InlineData("install --service-monitor", "--service-monitor is for the exporter, which --exporter installs.")]
    [InlineData("install --exporter only --pod-monitors", "--pod-monitors is for controllers and proxies, which --exporter only leaves out.")]
    [InlineData("controller --infrastructure vm", "--infrastructure is 'vm'; it must be kubernetes or host.")]
    [InlineData("controller --leader-election maybe", "--leader-election is 'maybe'; it must be on or off.")]
    [InlineData("controller --address-pool 10.250.0.0/24", "--address-pool is for --infrastructure host")]
    [InlineData("controller --infrastructure host --proxy-image a:1", "--proxy-image is for --infrastructure kubernetes")]
    [InlineData("controller --proxy-image a:", "--proxy-image is 'a:'; it must be the name of an image")]
    [InlineData("controller --config-stream-address nowhere", "--config-stream-address is 'nowhere'; it must be")]
    [InlineData("ratelimit limits.yaml --on-failure maybe", "--on-failure is 'maybe'; it must be error, open or closed.")]
    [InlineData("ratelimit limits.yaml --redis here", "--redis is 'here'; it must be a host and a port such as redis:6379.")]
    [InlineData("ratelimit limits.yaml --redis-timeout 5ms", "--redis-timeout is for --redis, which is not given.")]
    [InlineData("proxy --gateway a/b --token-file t", "Option '--controller' is required")]
    [InlineData("proxy --controller here --gateway a/b --token-file t", "--controller is 'here'; it must be a DNS name or an IP address and a port")]
    [InlineData("proxy --controller ::1:80 --gateway a/b --token-file t", "--controller is '::1:80'; it must be")]
    [InlineData("proxy --controller c:80 --gateway b --token-file t", "--gateway is 'b'; it must be a namespace and a name")]
    [InlineData("proxy --controller c:80 --gateway a/b --token-file t --address here", "--address is 'here'; it must be an IP address")]
    [InlineData("run . --state-metrics maybe", "--state-metrics is 'maybe'; it must be on or off.")]
    [InlineData("run . --api nowhere", "--api is 'nowhere'; it must be an IP address and a port such as 127.0.0.1:6480, or off")]
    [InlineData("run . --api off --data kept", "--data is for the Kubernetes API, which --api off leaves out; to serve what is kept in kept, name it as a PATH")]
    [InlineData("run . --api off --token-file t", "--token-file is for the Kubernetes API")]
    [InlineData("run . --access-log - --access-log-format %NOPE%", "--access-log-format: %NOPE% is no operator that is known")]
    [InlineData("run . --access-log - --access-log-filter status>=x", "--access-log-filter: \"status>=x\": \"x\" is no number from 0 to 999")]
    [InlineData("run . --access-log - --access-log-sample 101", "is no share such as 10% or 0.5%")]
    [InlineData("run . --access-log ftp://x", "--access-log is 'ftp://x'; it must be -, off, a file, or a collector's URL")]
    [InlineData("run . --access-log-format text", "--access-log-format is for --access-log, which is not given or off.")]
    [InlineData("controller --access-log off --access-log-filter traced", "--access-log-filter is for --access-log, which is not given or off.")]
    [InlineData("run . --trace collector", "--trace is 'collector'; it must be HOST:PORT or a URL")]
    [InlineData("controller --trace-sample 1", "--trace-sample is for --trace, which is not given.")]
    [InlineData("run . --trace c:4317 --trace-sample 200", "--trace-sample is '200'; it must be a number from 0 to 100")]
    [InlineData("check", "name files or folders with manifests, or a cluster with --kubeconfig.")]
    [InlineData("check . --context x", "a cluster (--kubeconfig, --context) is checked by itself")]
    [InlineData("status --context x -f .", "a cluster (--kubeconfig, --context) is looked at by itself")]
    [InlineData("install --output text", "--output is 'text'; it must be yaml or json.")]
    [InlineData("echo --redirect login", "--redirect is 'login'; it must be PATH=TARGET")]
    public async Task Run_WrongUsage_ExitsWith2AndSaysWhy(string arguments, string expected)
    {
        var result = await SluiceProcess.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
