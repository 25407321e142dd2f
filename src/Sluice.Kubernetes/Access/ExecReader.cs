using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Sluice.Kubernetes.Access;

/// <summary>Reads users[].user.exec.</summary>
internal static class ExecReader
{
    private const string Group = "client.authentication.k8s.io/";
    private const string ConfigExtension = "client.authentication.k8s.io/exec";

    public static ExecPlugin Read(KubeConfigNode exec, KubeConfigNode cluster, ClusterAccess access)
    {
        var version = exec.Text("apiVersion") ?? throw exec.Wrong(null, $"has no apiVersion: {Group}v1 or {Group}v1beta1");
        if (version is not (Group + "v1" or Group + "v1beta1"))
            throw exec.Wrong("apiVersion", $"is \"{version}\": only {Group}v1 and {Group}v1beta1 are known");
        var command = exec.Text("command") ?? throw exec.Wrong(null, "has no command: the program that gives the credentials");
        return new ExecPlugin
        {
            ApiVersion = version,
            Command = command.Contains('/', StringComparison.Ordinal) ? RelativePath.Resolve(exec.File, command) : command,
            Arguments = [.. exec.Texts("args")],
            Environment = [.. exec.List("env").Select(Variable)],
            InstallHint = exec.Text("installHint"),
            ClusterJson = exec.Flag("provideClusterInfo") ? ClusterJson(cluster, access) : null,
            InteractiveMode = Mode(exec, version),
            Purpose = $"{exec.File}:{exec.Line}: {exec.Path}",
        };
    }

    private static string Mode(KubeConfigNode exec, string version)
    {
        var mode = exec.Text("interactiveMode");
        if (mode is null && version == Group + "v1")
            throw exec.Wrong(null, "has no interactiveMode, which v1 asks for: Never, IfAvailable or Always");
        return mode is null or "Never" or "IfAvailable" or "Always"
            ? mode ?? "IfAvailable"
            : throw exec.Wrong("interactiveMode", $"is \"{mode}\": Never, IfAvailable or Always is expected");
    }

    private static KeyValuePair<string, string> Variable(KubeConfigNode entry)
    {
        var name = entry.Text("name") ?? throw entry.Wrong(null, "has no name");
        if (name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
            throw entry.Wrong("name", "must not hold an equals sign");
        return new(name, entry.Text("value") ?? "");
    }

    /// <summary>client.authentication.k8s.io Cluster.</summary>
    private static string ClusterJson(KubeConfigNode cluster, ClusterAccess access)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("server", access.Server.GetLeftPart(UriPartial.Path).TrimEnd('/'));
            if (access.TlsServerName is { } name)
                writer.WriteString("tls-server-name", name);
            if (access.InsecureSkipTlsVerify)
                writer.WriteBoolean("insecure-skip-tls-verify", true);
            if (Embedded.Text(cluster, "certificate-authority") is { } authority)
                writer.WriteBase64String("certificate-authority-data", Encoding.UTF8.GetBytes(authority.Read()));
            if (access.Proxy is { } proxy)
                writer.WriteString("proxy-url", proxy.OriginalString);
            foreach (var extension in cluster.List("extensions").Where(entry => entry.Text("name") == ConfigExtension))
            {
                writer.WritePropertyName("config");
                KubeConfigJson.Write(writer, extension.Find("extension"));
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
