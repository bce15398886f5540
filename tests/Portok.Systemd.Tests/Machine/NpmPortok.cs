namespace Portok.Systemd.Tests.Machine;

/// <summary>
/// npm portok 1.0.9 as far as a take-over meets it: the unit that runs Node.js, env files of its time, its state file, its admin
/// paths. The program is a stand-in, and "node" is Perl, which every Debian has.
/// </summary>
internal static class NpmPortok
{
    public const string UnitFile = "/etc/systemd/system/portok@.service";

    public const string Unit = """
        [Unit]
        Description=Portok zero-downtime proxy (%i)
        After=network.target

        [Service]
        Type=simple
        User=portok
        Group=portok
        EnvironmentFile=/etc/portok/%i.env
        ExecStart=/usr/bin/node /usr/lib/node_modules/portok/portokd.mjs
        Restart=always
        RestartSec=1
        NoNewPrivileges=true
        ProtectSystem=strict
        ProtectHome=true
        PrivateTmp=true
        ReadWritePaths=/var/lib/portok /srv/portok

        [Install]
        WantedBy=multi-user.target

        """;

    private const string Program = """
        use strict; use warnings; use IO::Socket::INET; use POSIX 'strftime';
        my $name = $ENV{INSTANCE_NAME} || 'default';
        my $file = $ENV{STATE_FILE} || "/var/lib/portok/$name.json";
        my ($active, $last) = ($ENV{INITIAL_TARGET_PORT}, 'null');
        if (open my $saved, '<', $file) {
            local $/; my $text = <$saved>;
            $active = $1 if $text =~ /"activePort":\s*(\d+)/;
            $last = $1 if $text =~ /"lastSwitch":\s*(\{.*?\})/s;
        }
        $SIG{PIPE} = 'IGNORE';
        my $listener = IO::Socket::INET->new(LocalPort => $ENV{LISTEN_PORT}, Listen => 128, ReuseAddr => 1) or die "$ENV{LISTEN_PORT}: $!";
        while (my $client = $listener->accept) {
            my $head = '';
            while ($head !~ /\r\n\r\n/ && sysread $client, $head, 4096, length $head) { }
            my ($method, $path) = split ' ', $head;
            next unless defined $path;
            if ($path !~ m{^/__}) {
                my $app = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $active) or next;
                print $app $head;
                while (sysread $app, my $part, 65536) { print $client $part }
                next;
            }
            my ($status, $body) = ('200 OK', '');
            if ($head !~ /^x-admin-token: \Q$ENV{ADMIN_TOKEN}\E\r$/im) {
                ($status, $body) = ('401 Unauthorized', '{"error":"Unauthorized"}');
            } elsif ($method eq 'POST' && $path =~ m{^/__switch\?port=(\d+)$}) {
                $last = sprintf '{"from":%d,"to":%d,"at":"%s","reason":"manual","id":"550e8400-e29b-41d4-a716-446655440000"}', $active, $1, strftime('%Y-%m-%dT%H:%M:%S.000Z', gmtime);
                $active = $1;
                open my $saved, '>', $file or die "$file: $!";
                print $saved qq({\n  "activePort": $active,\n  "lastSwitch": $last\n}\n);
                close $saved;
                $body = qq({"success":true,"message":"Switched to port $active","switch":$last});
            } else {
                $body = qq({"activePort":$active,"drainUntil":null,"lastSwitch":$last});
            }
            print $client "HTTP/1.1 $status\r\nContent-Type: application/json\r\nContent-Length: ", length $body, "\r\nConnection: close\r\n\r\n$body";
        }

        """;

    /// <summary>Installs it. The user "portok" is there already.</summary>
    public static Task InstallAsync(TestMachine machine)
    {
        machine.Write(UnitFile, Unit);
        machine.Write("/usr/lib/node_modules/portok/portokd.mjs", Program);
        return machine.RunAsync("ln -s perl /usr/bin/node && install -d -o portok -g portok /srv/portok && systemctl daemon-reload");
    }

    /// <summary>Starts an instance, now and at every boot, and waits until it answers.</summary>
    /// <param name="env">Its env file, which npm portok leaves to root alone.</param>
    public static async Task StartAsync(TestMachine machine, string name, int port, string env)
    {
        machine.Write($"/etc/portok/{name}.env", env);
        await machine.RunAsync($"chmod 600 /etc/portok/{name}.env && systemctl enable --now portok@{name}");
        await AnswersAsync(machine, port);
    }

    /// <summary>Waits until whatever serves a public port answers.</summary>
    public static Task AnswersAsync(TestMachine machine, int port) => Poll.UntilAsync(async () =>
    {
        try
        {
            return (await machine.GetAsync(port, "/version")).Status == 200;
        }
        catch (WireException)
        {
            return false;
        }
    }, Patience.Long, $"an answer on port {port}");
}
