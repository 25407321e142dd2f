using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Policies;
using Spec = Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>What a ListenerPolicy says of HTTP. Access logs and traces are the Gateway's: <see cref="ListenerTelemetryCompiler"/>.</summary>
internal static class HttpSettingsCompiler
{
    /// <summary>What the data plane takes at most, unless it is told otherwise where it is started (ProxyLimits.FieldCount, .HeadBytes).</summary>
    private const int MostFields = 128;
    private const int MostHeadKb = 32;

    /// <summary>maxRequestHeadersKb where nothing is said.</summary>
    private const int DefaultHeadKb = 60;

    public static HttpSettings Compile(Spec.HttpSettings http, IPolicySurroundings surroundings, string field)
    {
        var fields = new Fields(surroundings, field);
        if (http.XffNumTrustedHops is not null && http.XffTrustedCidrs.Count > 0)
            fields.Problem("xffNumTrustedHops", "has no effect beside xffTrustedCIDRs; give one of them");
        if (http.XffTrustedCidrs.Count > 0 && http.UseRemoteAddress)
            fields.Problem("xffTrustedCIDRs", "needs useRemoteAddress: false; it is in force all the same");
        if (http.UuidRequestIdConfig is not null)
            fields.Problem("uuidRequestIdConfig", "is not in force: request ids say nothing of traces, and sampling does not go by them");
        if (http.MaxRequestHeadersKb is > MostHeadKb and not DefaultHeadKb)
            fields.Problem("maxRequestHeadersKb", $"{http.MaxRequestHeadersKb} is more than the {MostHeadKb} KiB that heads may have here, which count");
        if (http.MaxHeadersCount > MostFields)
            fields.Problem("maxHeadersCount", $"{http.MaxHeadersCount} is more than the {MostFields} fields that heads may have here, which count");
        return new HttpSettings
        {
            TrustedCidrs = [.. http.XffTrustedCidrs.Where((cidr, i) => IsNetwork(cidr, fields, i))],
            SkipXffAppend = http.SkipXffAppend || !http.UseRemoteAddress || http.XffTrustedCidrs.Count > 0,
            PreserveExternalRequestId = http.PreserveExternalRequestId,
            GenerateRequestId = http.GenerateRequestId,
            ServerHeader = fields.Choice("serverHeaderTransformation", http.ServerHeaderTransformation, ServerHeaderTransformation.Overwrite),
            ServerName = fields.Value("serverName", http.ServerName) ?? HttpSettings.DefaultServerName,
            StreamIdleTimeout = http.StreamIdleTimeout,
            IdleTimeout = http.IdleTimeout,
            MaxRequestsPerConnection = http.MaxRequestsPerConnection,
            MaxHeadersCount = Math.Min(http.MaxHeadersCount, MostFields),
            MaxRequestHeadersBytes = http.MaxRequestHeadersKb <= MostHeadKb ? http.MaxRequestHeadersKb * 1024 : null,
            Http2 = http.Http2ProtocolOptions is { } http2 ? Http2(http2, fields) : null,
            HealthCheckPath = http.HealthCheck is { } check ? Path(check.Path, fields) : null,
            AcceptHttp10 = http.AcceptHttp10,
            DefaultHostForHttp10 = fields.Host("defaultHostForHttp10", http.DefaultHostForHttp10),
            AllowWebSockets = http.UpgradeConfig is not { } upgrades || Upgrades(upgrades, fields),
            EarlyRequestHeaders = http.EarlyRequestHeaderModifier is { } early ? Early(early, fields) : null,
            ForwardClientCert = http.ForwardClientCertDetails is { } certificate ? Certificate(certificate, fields) : null,
            StripHostPort = http.StripHostPortMode is { } mode ? fields.Choice("stripHostPortMode", mode, StripHostPortMode.None) : StripHostPortMode.None,
            StripTrailingHostDot = http.StripTrailingHostDot,
            LocalReplies = http.LocalReplies is { } replies ? LocalRepliesCompiler.Compile(replies, surroundings, fields.Of("localReplies")) : null,
        };
    }

    private static bool IsNetwork(string cidr, Fields fields, int index)
    {
        if (IpPrefix.TryParse(cidr, out _, out var problem))
            return true;
        fields.Problem($"xffTrustedCIDRs[{index}]", $"{problem}; it trusts nobody");
        return false;
    }

    private static Http2Settings Http2(Spec.ListenerHttp2 http2, Fields fields) => new()
    {
        InitialStreamWindowSize = Window("initialStreamWindowSize", http2.InitialStreamWindowSize, fields),
        InitialConnectionWindowSize = Window("initialConnectionWindowSize", http2.InitialConnectionWindowSize, fields),
        MaxConcurrentStreams = http2.MaxConcurrentStreams,
    };

    private static int? Window(string name, long? size, Fields fields)
    {
        if (size is null or >= Http2Settings.MinWindow and <= int.MaxValue)
            return (int?)size;
        fields.Problem($"http2ProtocolOptions.{name}", $"{size} must be from {Http2Settings.MinWindow} to {int.MaxValue}");
        return null;
    }

    private static string? Path(string path, Fields fields)
    {
        if (path.StartsWith('/') && !path.AsSpan().ContainsAny('?', '#') && path.All(c => c is > ' ' and < '\x7f'))
            return path;
        fields.Problem("healthCheck.path", $"\"{path}\" is no path such as /healthz");
        return null;
    }

    /// <summary>Whether WebSockets are among those that are enabled.</summary>
    private static bool Upgrades(Spec.UpgradeSettings upgrades, Fields fields)
    {
        var takesWebSockets = false;
        for (var i = 0; i < upgrades.EnabledUpgrades.Count; i++)
        {
            if (upgrades.EnabledUpgrades[i].Equals("websocket", StringComparison.OrdinalIgnoreCase))
                takesWebSockets = true;
            else
                fields.Problem($"upgradeConfig.enabledUpgrades[{i}]", $"\"{upgrades.EnabledUpgrades[i]}\" is not served; websocket is");
        }
        return takesWebSockets;
    }

    private static HeaderModifier Early(Spec.EarlyHeaders early, Fields fields) => new()
    {
        Set = [.. early.Set.Where((field, i) => IsEditable($"set[{i}]", field.Name, field.Value, fields)).Select(field => new HeaderValue(field.Name, field.Value))],
        Add = [.. early.Add.Where((field, i) => IsEditable($"add[{i}]", field.Name, field.Value, fields)).Select(field => new HeaderValue(field.Name, field.Value))],
        Remove = [.. early.Remove.Where((name, i) => IsEditable($"remove[{i}]", name, "", fields))],
    };

    private static bool IsEditable(string place, string name, string value, Fields fields)
    {
        if (!ReservedFields.Contains(name) && !value.Any(char.IsControl))
            return true;
        fields.Problem($"earlyRequestHeaderModifier.{place}", ReservedFields.Contains(name) ? $"\"{name}\" is written by the proxy itself and cannot be changed" : $"the value of \"{name}\" has a control character");
        return false;
    }

    private static ForwardClientCert Certificate(Spec.ForwardClientCert certificate, Fields fields) => new()
    {
        Mode = fields.Choice("forwardClientCertDetails.mode", certificate.Mode, ForwardClientCertMode.Sanitize),
        Subject = certificate.Details is { Subject: true },
        Cert = certificate.Details is { Cert: true },
        Chain = certificate.Details is { Chain: true },
        Dns = certificate.Details is { Dns: true },
        Uri = certificate.Details is { Uri: true },
    };

    /// <summary>The fields of the settings, and what is wrong with them.</summary>
    private readonly struct Fields(IPolicySurroundings surroundings, string field)
    {
        public string Of(string name) => field.Length == 0 ? name : $"{field}.{name}";

        public void Problem(string name, string message) => surroundings.Problem(Of(name), message);

        public T Choice<T>(string name, string text, T fallback)
            where T : struct, Enum
        {
            if (Enum.TryParse<T>(text, out var choice) && Enum.IsDefined(choice) && !char.IsAsciiDigit(text[0]))
                return choice;
            Problem(name, $"\"{text}\" must be one of {string.Join(", ", Enum.GetNames<T>())}");
            return fallback;
        }

        public string? Value(string name, string? text)
        {
            if (text is null || (text.Length > 0 && !text.Any(char.IsControl)))
                return text;
            Problem(name, "must be a value of a header, without control characters");
            return null;
        }

        public string? Host(string name, string? host)
        {
            if (host is null || (host.Length > 0 && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':' or '[' or ']')))
                return host;
            Problem(name, $"\"{host}\" is no host such as example.com");
            return null;
        }
    }
}
