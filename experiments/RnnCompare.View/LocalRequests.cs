using Microsoft.AspNetCore.Http;

namespace RnnCompare.View;

/// <summary>Refuses requests that other pages make this machine's browsers send.</summary>
/// <remarks>
/// A page from elsewhere can make a browser ask 127.0.0.1. The Host header shows where it uses a name of its own for that address (DNS rebinding),
/// the Origin header where it asks from its own address. Neither can be set by a page's script.
/// </remarks>
internal static class LocalRequests
{
    /// <summary>Lets requests pass that name this server and come from its own pages.</summary>
    public static Task Guard(HttpContext context, RequestDelegate next)
    {
        var port = context.Connection.LocalPort;
        string[] hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];
        var host = context.Request.Host.Value ?? "";
        if (!hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return Refuse(context, $"Host is '{host}', expected {hosts[0]}.");
        }

        if (context.Request.Headers.Origin.ToString() is { Length: > 0 } origin && !hosts.Contains(origin.Replace("http://", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase))
        {
            return Refuse(context, $"Origin is '{origin}', expected http://{hosts[0]}.");
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return Refuse(context, $"The method is {context.Request.Method}, expected GET: this server only shows.");
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }

    private static Task Refuse(HttpContext context, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"Refused: {reason}\n");
    }
}
