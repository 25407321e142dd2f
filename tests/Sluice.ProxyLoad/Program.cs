using System.CommandLine;
using Sluice.ProxyLoad;

return await new RootCommand("Load for the configuration stream: many simulated proxies in one process, and a controller that serves nothing else.")
{
    ProxiesCommand.Create(),
    ControllerCommand.Create(),
}.Parse(args).InvokeAsync();
