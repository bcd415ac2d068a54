package dev.gradc.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A finished run of the command.
 *
 * @param status its exit code
 * @param out what it printed
 * @param err what it complained of
 */
record Run(int status, String out, String err) {

    static Run of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] line = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            line[i] = args[i].toString();
        }
        int status = Main.run(new PrintWriter(out), new PrintWriter(err), line);
        return new Run(status, out.toString(), err.toString());
    }
}
